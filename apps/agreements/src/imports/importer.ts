import { type Caller, type CellReader } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { type EnteredLine, type OnExisting } from './import.entity';

/** Whose lines they are. */
export type Enterer = Pick<Caller, 'tenantId' | 'keyId'>;

/** What a line has, whatever it enters. */
export interface LineBody {
  externalRefs?: ExternalRef[];
  historical?: boolean;
}

/** A line that can be entered, or the result that refuses it. */
export type ReadLine<Body extends LineBody> = { line: number; body: Body } | { line: number; refused: EnteredLine };

/** The fields of a line, and the columns of a spreadsheet that are no text. */
export interface LineShape<Body extends LineBody = LineBody> {
  readonly body: new () => Body;
  readonly readers: Readonly<Record<string, CellReader>>;
}

/** How lines of one kind become what they say. */
export interface Importer<Body extends LineBody = LineBody> {
  readonly shape: LineShape<Body>;
  /** One result a line, in the order of the lines; all in the transaction of the manager. */
  enter(
    manager: EntityManager,
    by: Enterer,
    onExisting: OnExisting,
    lines: readonly ReadLine<Body>[],
  ): Promise<EnteredLine[]>;
}
