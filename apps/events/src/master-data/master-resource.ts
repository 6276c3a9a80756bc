import { type BaseData } from '@expo-accord/contracts';
import { type OutgoingMessage } from '@expo-accord/messaging';
import { type RecordBody } from '../records/record.dto';
import { type Resource } from '../records/resource';
import { type MasterEntity } from './master.entity';

/** A resource whose records this service owns for everybody: others are told of each, and of duplicates. */
export interface MasterResource<B extends RecordBody, E extends MasterEntity> extends Resource<B, E> {
  what: 'organization' | 'person' | 'place';
  recorded: (row: E, base: BaseData) => OutgoingMessage;
  merged: (row: E, survivorId: string, base: BaseData) => OutgoingMessage;
  /** What of the duplicate the survivor says from now on, beside its external references. */
  absorbed: (survivor: B, duplicate: B) => Partial<B>;
}
