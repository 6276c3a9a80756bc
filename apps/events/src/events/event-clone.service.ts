import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ParticipationEntity } from '../participations/participation.entity';
import { participationResource } from '../participations/participation.resource';
import { ChildRecords } from '../records/child-record.service';
import { bodyOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import { SessionEntity } from '../sessions/session.entity';
import { type SessionBody } from '../sessions/session.dto';
import { sessionResource } from '../sessions/session.resource';
import { type EventAnswer, type EventBody } from './event.dto';
import { EventEntity } from './event.entity';
import { eventResource } from './event.resource';
import { type EventCloneBody } from './event-clone.dto';
import {
  cloned,
  type ClonePart,
  cloneParts,
  eventFates,
  type Move,
  moveBetween,
  nextOrdinal,
  participationFates,
  sessionFates,
} from './event-clone.rules';
import { EventService } from './event.service';

interface Cloning {
  caller: Caller;
  manager: EntityManager;
  parts: readonly ClonePart[];
  move: Move | undefined;
}

/** Makes a draft of the next edition out of an earlier one: what was planned then, and nothing of what came of it. */
@Injectable()
export class EventCloneService {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly children: ChildRecords,
    private readonly events: EventService,
  ) {}

  async clone(
    caller: Caller,
    id: string,
    { parts = [...cloneParts], names, ...own }: EventCloneBody,
    dryRun = false,
  ): Promise<EventAnswer> {
    const work = async (manager: EntityManager): Promise<EventAnswer> => {
      const model = await this.records.row(eventResource, caller, id, manager);
      const { startsAt } = bodyOf(eventResource, model);
      const cloning = { caller, manager, parts, move: moveBetween(startsAt, own.startsAt) };
      return this.copy(cloning, model, { ...own, ...(names && { names }) });
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  /** @param own what the clone does not take from its model */
  private async copy(cloning: Cloning, model: EventEntity, own: Partial<EventBody>): Promise<EventAnswer> {
    const { caller, parts, move } = cloning;
    const ordinal = nextOrdinal(model.ordinal);
    const body = { ...cloned(bodyOf(eventResource, model), eventFates, parts, move), ordinal, ...own } as EventBody;
    const clone = await this.events.create(caller, body);
    const sessions = parts.includes('programme')
      ? await this.copySessions(cloning, model, clone)
      : new Map<string, string>();
    if (parts.includes('participations')) await this.copyParticipations(cloning, model, clone, sessions);
    if (parts.includes('subEvents')) await this.copySubEvents(cloning, model, clone);
    return clone;
  }

  /** @returns the clone of each session by the id of its model */
  private async copySessions(
    { caller, manager, parts, move }: Cloning,
    { id: eventId, tenantId }: EventEntity,
    clone: EventAnswer,
  ): Promise<Map<string, string>> {
    const clones = new Map<string, string>();
    for (const session of await manager.find(SessionEntity, { where: { eventId, tenantId }, order: { id: 'ASC' } })) {
      const body = cloned(bodyOf(sessionResource, session), sessionFates, parts, move);
      const { id } = await this.children.create(sessionResource, caller, clone.id, body as SessionBody);
      clones.set(session.id, id);
    }
    return clones;
  }

  private async copyParticipations(
    { caller, manager, parts, move }: Cloning,
    { id: eventId, tenantId }: EventEntity,
    clone: EventAnswer,
    sessions: Map<string, string>,
  ): Promise<void> {
    const where = { eventId, tenantId };
    for (const participation of await manager.find(ParticipationEntity, { where, order: { id: 'ASC' } })) {
      const model = bodyOf(participationResource, participation);
      const sessionId = sessions.get(model.sessionId ?? '');
      const body = { ...cloned(model, participationFates, parts, move), role: model.role, sessionId };
      await this.children.create(participationResource, caller, clone.id, body);
    }
  }

  /** Not those that were called off, unless the whole was. */
  private async copySubEvents(
    cloning: Cloning,
    { id, tenantId, status }: EventEntity,
    clone: EventAnswer,
  ): Promise<void> {
    const where = { parentId: id, tenantId };
    for (const part of await cloning.manager.find(EventEntity, { where, order: { id: 'ASC' } })) {
      if (part.status === 'cancelled' && status !== 'cancelled') continue;
      // "The third panel" of an expo is no edition, and is the third of the next expo again.
      const ordinal = part.seriesId === null ? part.ordinal : nextOrdinal(part.ordinal);
      await this.copy(cloning, part, { parentId: clone.id, ordinal });
    }
  }
}
