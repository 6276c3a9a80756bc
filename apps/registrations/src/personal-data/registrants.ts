import { Inject, Injectable } from '@nestjs/common';
import { itemsInAnswers } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { Fingerprints, identitiesOf, isSomebodyElse } from '../registrations/person-fingerprint';
import { type Person, type Registration } from '../registrations/registration';
import { RegistrationStore } from '../registrations/registration.store';

/** Who is meant: by document, or by e-mail and name together, as assistants share an address with those they register. */
export type Sought = Omit<Person, 'phone'>;

/** A registration as it was answered. */
type Told = Pick<Registration, 'id' | 'eventId' | 'person'>;

/** SQL with $2 to $4 of `askedFor`: nearly all that it lets through is of the person, and all that is of them. */
const mayBe = (email: string, document: string): string => {
  const digits = (number: string): string => `regexp_replace(normalize(${number}, NFKC), '[^0-9]', '', 'g')`;
  return `lower(normalize(${email}, NFKC)) = lower(normalize($2, NFKC))
    OR ${document} ->> 'kind' = $3 AND ${digits(`(${document} ->> 'number')`)} = ${digits('$4')}`;
};

const askedFor = ({ email, document }: Sought): unknown[] => [
  email?.trim() ?? null,
  document?.kind ?? null,
  document?.number ?? '',
];

function whoIs(sought: Sought): (person: Sought) => boolean {
  const wanted = new Set(identitiesOf(sought).map((identity) => JSON.stringify(identity)));
  return (person) => identitiesOf(person).some((each) => wanted.has(JSON.stringify(each)));
}

/** Finds every registration of one person. */
@Injectable()
export class Registrants {
  constructor(
    private readonly store: RegistrationStore,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /**
   * A rare question, which reads the table of registrants.
   * @param eventId null for all events of the tenant
   */
  async of(
    manager: EntityManager,
    { tenantId, eventId }: { tenantId: string; eventId: string | null },
    sought: Sought,
  ): Promise<Registration[]> {
    const isSought = whoIs(sought);
    const found = await this.store.read(
      manager,
      `r.tenant_id = $1 AND (${mayBe('p.email', 'p.document')}) AND ($5::uuid IS NULL OR r.event_id = $5)`,
      [tenantId, ...askedFor(sought), eventId],
      'ORDER BY r.event_id, r.id',
    );
    return found.filter(({ person }) => isSought(person));
  }

  /** Registrations that stored answers still tell to be of that person, although another may have them by now. */
  async inAnswers(manager: EntityManager, tenantId: string, sought: Sought): Promise<Told[]> {
    const condition = mayBe(`item #>> '{person,email}'`, `(item #> '{person,document}')`);
    const told = await itemsInAnswers<Told>(manager, tenantId, condition, askedFor(sought));
    const isSought = whoIs(sought);
    return told.filter(({ person }) => isSought(person));
  }

  /**
   * In the registration's own event, the registration itself included: one that was cancelled before, or for which a document
   * was given, for instance. Whoever has a mark is known by any of the two.
   */
  async alike(manager: EntityManager, registration: Registration): Promise<Registration[]> {
    const { id, tenantId, eventId, person } = registration;
    const fingerprints = new Fingerprints(this.config.REGISTRANT_FINGERPRINT_KEY, eventId, person).all();
    const found = await this.store.read(
      manager,
      `r.tenant_id = $1 AND r.event_id = $5 AND (r.id = $6 OR r.fingerprint = ANY ($7) OR ${mayBe('p.email', 'p.document')})`,
      [tenantId, ...askedFor(person), eventId, id, fingerprints],
      'ORDER BY r.id FOR UPDATE OF r',
    );
    const isSought = whoIs(person);
    // Of two who gave a document each, that alone tells.
    const isSame = (other: Person): boolean =>
      person.document === null || other.document === null ? isSought(other) : !isSomebodyElse(person, other);
    return found.filter(
      (each) => each.id === id || fingerprints.includes(each.fingerprint ?? '') || isSame(each.person),
    );
  }
}
