import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { searchKeysOf } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { Fingerprints, identitiesOf } from '../registrations/person-fingerprint';
import { type Person, type Registration, type SignUp } from '../registrations/registration';

/** What of a sign-up can bring an erased person back. */
type Marked = Pick<SignUp, 'person' | 'organization' | 'externalRefs'>;

interface MarkedEvent {
  readonly id: string;
  readonly hasErasures: boolean;
}

/**
 * By what erased persons are known when they are sent again: keyed hashes, which tell nothing to whoever lacks the key. They
 * are an event's own, so that nobody can be followed from one to another.
 */
@Injectable()
export class ErasureMarks {
  constructor(@Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig) {}

  /** Whatever the event goes by: by document, by e-mail and name, by each reference; of who has none of these, by all that was said of them. */
  of(eventId: string, { person, organization, externalRefs }: Marked): string[] {
    const key = this.config.REGISTRANT_FINGERPRINT_KEY;
    const hashed = (...what: string[]): string =>
      createHmac('sha256', key)
        .update(JSON.stringify([eventId, ...what]))
        .digest('base64url');
    const marks = [
      ...new Fingerprints(key, eventId, person).all(),
      ...externalRefs.map(({ system, id }) => hashed('ref', system, id)),
    ];
    if (marks.length > 0) return marks;
    return [hashed('name', person.phone ?? '', organization?.name ?? '', ...searchKeysOf(person.name).sort())];
  }

  /** Which of these sign-ups are of persons who were erased. The event was read under its lock; where nobody was, nothing is asked. */
  async among<S extends Marked>(
    manager: EntityManager,
    event: MarkedEvent,
    signUps: readonly S[],
  ): Promise<(signUp: S) => boolean> {
    if (!event.hasErasures) return () => false;
    const marks = new Map(signUps.map((signUp) => [signUp, this.of(event.id, signUp)]));
    const known = await this.known(manager, event.id, [...marks.values()].flat());
    return (signUp) => marks.get(signUp)?.some((mark) => known.has(mark)) ?? false;
  }

  /** @param ids of their registrations: what they were known by before they were corrected is kept, too */
  async keep(
    manager: EntityManager,
    eventId: string,
    erased: readonly Marked[],
    ids: readonly string[] = [],
  ): Promise<void> {
    await manager.query(
      `WITH former AS (DELETE FROM former_mark WHERE registration_id = ANY ($3) RETURNING mark)
       INSERT INTO erasure_mark (event_id, mark)
       SELECT $1::uuid, unnest($2::text[]) UNION SELECT $1::uuid, mark FROM former ON CONFLICT DO NOTHING`,
      [eventId, erased.flatMap((each) => this.of(eventId, each)), ids],
    );
  }

  /**
   * What a correction takes away: whoever is erased later may be sent again as they were called before. Whoever took over
   * somebody else's registration has none of their marks.
   */
  async rememberFormer(
    manager: EntityManager,
    before: Registration,
    after: Registration,
    isTransfer: boolean,
  ): Promise<void> {
    if (isTransfer || !isPartlyAs(before.person, after.person)) {
      await manager.query('DELETE FROM former_mark WHERE registration_id = $1', [before.id]);
      return;
    }
    const now = new Set(this.of(after.eventId, after));
    const former = this.of(before.eventId, before).filter((mark) => !now.has(mark));
    if (former.length === 0) return;
    await manager.query(
      'INSERT INTO former_mark (registration_id, mark) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
      [before.id, former],
    );
  }

  /** @returns how many marks there were */
  async lift(manager: EntityManager, eventId: string, whom: Marked): Promise<number> {
    const [, lifted] = await manager.query<[unknown, number]>(
      'DELETE FROM erasure_mark WHERE event_id = $1 AND mark = ANY ($2)',
      [eventId, this.of(eventId, whom)],
    );
    return lifted;
  }

  private async known(manager: EntityManager, eventId: string, marks: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ mark: string }[]>(
      'SELECT mark FROM erasure_mark WHERE event_id = $1 AND mark = ANY ($2)',
      [eventId, marks],
    );
    return new Set(rows.map(({ mark }) => mark));
  }
}

/** Of a person in whom neither document nor e-mail nor name stayed as it was nobody can say that it is the same. */
function isPartlyAs(one: Person, other: Person): boolean {
  const told = (person: Person): string[] => [
    ...identitiesOf(person).map(([kind, first, ...rest]) => JSON.stringify(kind === 'mail' ? first : [first, ...rest])),
    ...searchKeysOf(person.name),
  ];
  const there = new Set(told(one));
  return told(other).some((each) => there.has(each));
}
