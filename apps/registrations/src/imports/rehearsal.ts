import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type OnExisting } from '../registrations/admission.rules';
import { type OpenAdmission } from '../registrations/admission.service';
import { refKey } from '../registrations/external-refs.rules';
import { type Registration, type SignUp } from '../registrations/registration';
import { type ImportJob } from './import-job.entity';
import { type Settled } from './line-result';

interface Rehearsed {
  readonly signUp: SignUp;
  readonly fingerprint: string | null;
}

/** What a dry run has come to so far, as far as it matters to some sign-ups. */
interface Recalled {
  /** Whether an earlier chunk would have registered somebody with a key of the sign-up. */
  readonly isKnown: (asked: Rehearsed) => boolean;
  /** How often earlier chunks would have used the invitation codes, by hash. */
  readonly uses: ReadonlyMap<string, number>;
}

const keysOf = ({ signUp, fingerprint }: Rehearsed): string[] => [
  ...signUp.externalRefs.map(refKey),
  ...(fingerprint === null ? [] : [fingerprint]),
];

/** No reference and no fingerprint looks like it. */
const keyOfCode = (hash: string): string => `code ${hash}`;

/** The memory of a dry run from one chunk to the next: whom it would have registered, by which codes, and the places that would be gone. */
@Injectable()
export class Rehearsal {
  async recall(manager: EntityManager, jobId: string, asked: readonly Rehearsed[]): Promise<Recalled> {
    const hashes = [...new Set(asked.flatMap(({ signUp }) => signUp.invitation ?? []))];
    const rows = await manager.query<{ key: string; times: number }[]>(
      'SELECT key, times FROM rehearsed_key WHERE job_id = $1 AND key = ANY ($2)',
      [jobId, [...asked.flatMap(keysOf), ...hashes.map(keyOfCode)]],
    );
    const times = new Map(rows.map((row) => [row.key, row.times]));
    return {
      isKnown: (one) => keysOf(one).some((key) => times.has(key)),
      uses: new Map(hashes.map((hash) => [hash, times.get(keyOfCode(hash)) ?? 0])),
    };
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
    { ledger, invitations }: Pick<OpenAdmission, 'ledger' | 'invitations'>,
  ): Promise<void> {
    const draws = { ...job.rehearsedDraws };
    for (const { name, delta } of ledger.changes()) draws[name] = (draws[name] ?? 0) + delta;
    await manager.query('UPDATE import_job SET rehearsed_draws = $2 WHERE id = $1', [job.id, JSON.stringify(draws)]);
    await manager.query(
      `INSERT INTO rehearsed_key (job_id, key, times)
       SELECT $1, key, count(*) FROM unnest($2::text[]) AS key GROUP BY key
       ON CONFLICT (job_id, key) DO UPDATE SET times = rehearsed_key.times + EXCLUDED.times`,
      [
        job.id,
        [
          ...registered.flatMap((signUp) => keysOf({ signUp, fingerprint: signUp.fingerprint })),
          ...invitations.spent.map(({ hash }) => keyOfCode(hash)),
        ],
      ],
    );
  }
}
