import { Inject, Injectable } from '@nestjs/common';
import { forgetAnswers } from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { nobody, type Registration } from '../registrations/registration';
import { messagesAbout } from '../registrations/registration.messages';
import { ErasureMarks } from './erasure-marks';

/**
 * Makes registrations those of nobody, in the caller's transaction, which owns the event. Category, status, side, mode and
 * times stay, and so does every count; the person, the answers and all that points back to the source go. Marks stay, by
 * which the person is known when they are sent again.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly marks: ErasureMarks,
    private readonly outbox: Outbox,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /** @returns what they are now; who was erased before is left alone */
  async erase(
    manager: EntityManager,
    eventId: string,
    registrations: readonly Registration[],
    now: Date,
  ): Promise<Registration[]> {
    const before = registrations.filter(({ erasedAt }) => erasedAt === null);
    if (before.length === 0) return [...registrations];
    const changes = before.map((each) => ({ before: each, after: withoutPerson(each, now) }));
    const ids = before.map(({ id }) => id);
    await this.marks.keep(manager, eventId, before, ids);
    await manager.query('DELETE FROM registrant WHERE registration_id = ANY ($1)', [ids]);
    await manager.query('DELETE FROM registration_ref WHERE registration_id = ANY ($1)', [ids]);
    await manager.query(
      `UPDATE registration SET external_refs = '[]', fingerprint = NULL, notify = false, erased_at = $2,
              version = version + 1, updated_at = $2
        WHERE id = ANY ($1)`,
      [ids, now],
    );
    for (const tenantId of new Set(before.map((each) => each.tenantId))) await forgetAnswers(manager, tenantId, ids);
    await this.outbox.append(
      manager,
      changes.flatMap((change) => messagesAbout(change, this.config.PUBLIC_URL)),
    );
    const after = new Map(changes.map((change) => [change.after.id, change.after]));
    return registrations.map((each) => after.get(each.id) ?? each);
  }
}

function withoutPerson(registration: Registration, now: Date): Registration {
  const { organization } = registration;
  return {
    ...registration,
    person: nobody,
    organization: organization?.id ? { id: organization.id, name: null } : null,
    answers: {},
    notify: false,
    externalRefs: [],
    fingerprint: null,
    erasedAt: now,
    version: registration.version + 1,
    updatedAt: now,
  };
}
