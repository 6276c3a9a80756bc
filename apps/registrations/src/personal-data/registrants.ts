import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { fingerprintsOf, identitiesOf } from '../registrations/person-fingerprint';
import { type Person, type Registration } from '../registrations/registration';
import { RegistrationStore } from '../registrations/registration.store';

/** Who is meant: by document, or by e-mail and name together, as assistants share an address with those they register. */
export type Sought = Omit<Person, 'phone'>;

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
    const wanted = new Set(identitiesOf(sought).map((identity) => JSON.stringify(identity)));
    const digits = `regexp_replace(normalize(%, NFKC), '[^0-9]', '', 'g')`;
    const found = await this.store.read(
      manager,
      `r.tenant_id = $1 AND ($5::uuid IS NULL OR r.event_id = $5) AND (lower(normalize(p.email, NFKC)) = lower(normalize($2, NFKC))
         OR p.document ->> 'kind' = $3 AND ${digits.replace('%', `p.document ->> 'number'`)} = ${digits.replace('%', '$4')})`,
      [tenantId, sought.email?.trim() ?? null, sought.document?.kind ?? null, sought.document?.number ?? '', eventId],
      'ORDER BY r.event_id, r.id',
    );
    return found.filter(({ person }) => identitiesOf(person).some((each) => wanted.has(JSON.stringify(each))));
  }

  /** In the registration's own event, the registration itself included: one that was cancelled before, for instance. */
  async alike(manager: EntityManager, registration: Registration): Promise<Registration[]> {
    const { id, tenantId, eventId, person } = registration;
    const fingerprints = fingerprintsOf(this.config.REGISTRANT_FINGERPRINT_KEY, eventId, person);
    return this.store.read(
      manager,
      'r.tenant_id = $1 AND r.event_id = $2 AND (r.id = $3 OR r.fingerprint = ANY ($4))',
      [tenantId, eventId, id, fingerprints],
      'ORDER BY r.id FOR UPDATE OF r',
    );
  }
}
