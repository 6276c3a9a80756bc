import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type OnExisting } from '../registrations/admission.rules';
import { refKey } from '../registrations/external-refs.rules';
import { type Registration, type SignUp } from '../registrations/registration';
import { type QuotaLedger } from '../tickets/quota.rules';
import { type ImportJob } from './import-job.entity';
import { type Settled } from './line-result';

const keysOf = (signUp: SignUp, fingerprint: string | null): string[] => [
  ...signUp.externalRefs.map(refKey),
  ...(fingerprint === null ? [] : [fingerprint]),
];

/** The memory of a dry run from one chunk to the next: whom it would have registered, and the places that would be gone. */
@Injectable()
export class Rehearsal {
  /** Keys of these sign-ups that an earlier chunk would have registered. */
  async known(
    manager: EntityManager,
    jobId: string,
    signUps: readonly { signUp: SignUp; fingerprint: string | null }[],
  ): Promise<(signUp: SignUp, fingerprint: string | null) => boolean> {
    const rows = await manager.query<{ key: string }[]>(
      'SELECT key FROM rehearsed_key WHERE job_id = $1 AND key = ANY ($2)',
      [jobId, signUps.flatMap(({ signUp, fingerprint }) => keysOf(signUp, fingerprint))],
    );
    const known = new Set(rows.map(({ key }) => key));
    return (signUp, fingerprint) => keysOf(signUp, fingerprint).some((key) => known.has(key));
  }

  /** What would come of a sign-up that an earlier chunk would have registered. */
  outcomeOfRepeated(onExisting: OnExisting): Settled {
    const rest = { registrationId: null, errors: [] };
    if (onExisting === 'update') return { outcome: 'updated', code: null, ...rest };
    return { outcome: onExisting === 'skip' ? 'unchanged' : 'refused', code: 'already-registered', ...rest };
  }

  async remember(
    manager: EntityManager,
    job: ImportJob,
    registered: readonly Registration[],
    ledger: QuotaLedger,
  ): Promise<void> {
    const draws = { ...job.rehearsedDraws };
    for (const { name, delta } of ledger.changes()) draws[name] = (draws[name] ?? 0) + delta;
    await manager.query('UPDATE import_job SET rehearsed_draws = $2 WHERE id = $1', [job.id, JSON.stringify(draws)]);
    await manager.query(
      'INSERT INTO rehearsed_key (job_id, key) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
      [job.id, registered.flatMap((registration) => keysOf(registration, registration.fingerprint))],
    );
  }
}
