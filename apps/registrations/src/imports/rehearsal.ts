import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { type OnExisting } from '../registrations/admission.rules';
import { type OpenAdmission } from '../registrations/admission.service';
import { refKey } from '../registrations/external-refs.rules';
import { type SignUp } from '../registrations/registration';
import { type ImportJob } from './import-job.entity';
import { type Settled } from './line-result';

export interface Rehearsed {
  readonly signUp: SignUp;
  readonly fingerprint: string | null;
}

/** What a dry run has come to so far, as far as it matters to some sign-ups. */
interface Recalled {
  /** Whether an earlier chunk would have registered somebody with a key of the sign-up, and with what it says; to be asked in turn. */
  readonly repeats: (asked: Rehearsed) => 'the same' | 'another' | null;
  /** How often earlier chunks would have used the invitation codes, by hash. */
  readonly uses: ReadonlyMap<string, number>;
}

const keysOf = ({ signUp, fingerprint }: Rehearsed): string[] => [
  ...signUp.externalRefs.map(refKey),
  ...(fingerprint === null ? [] : [fingerprint]),
];

/** No reference and no fingerprint looks like it. */
const keyOfCode = (hash: string): string => `code ${hash}`;

/** The memory of a dry run from one chunk to the next: whom it would have registered as what, by which codes, and the places that would be gone. */
@Injectable()
export class Rehearsal {
  constructor(@Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig) {}

  async recall(manager: EntityManager, jobId: string, asked: readonly Rehearsed[]): Promise<Recalled> {
    const hashes = [...new Set(asked.flatMap(({ signUp }) => signUp.invitation ?? []))];
    const rows = await manager.query<{ key: string; times: number; content: string | null }[]>(
      'SELECT key, times, content FROM rehearsed_key WHERE job_id = $1 AND key = ANY ($2)',
      [jobId, [...asked.flatMap(keysOf), ...hashes.map(keyOfCode)]],
    );
    const known = new Map(rows.map((row) => [row.key, row]));
    return {
      repeats: (one) => {
        const before = keysOf(one).flatMap((key) => known.get(key) ?? [])[0];
        if (before === undefined) return null;
        const content = this.contentOf(one);
        if (before.content === content) return 'the same';
        for (const key of keysOf(one)) known.set(key, { ...before, content });
        return 'another';
      },
      uses: new Map(hashes.map((hash) => [hash, known.get(keyOfCode(hash))?.times ?? 0])),
    };
  }

  /** What would come of a sign-up that an earlier chunk would have registered. */
  outcomeOfRepeated(onExisting: OnExisting, repeated: 'the same' | 'another'): Settled {
    const rest = { registrationId: null, errors: [] };
    if (onExisting === 'update' && repeated === 'another') return { outcome: 'updated', code: null, ...rest };
    return { outcome: onExisting === 'refuse' ? 'refused' : 'unchanged', code: 'already-registered', ...rest };
  }

  /** @param taken those that would have been registered, or would have put right who was by then */
  async remember(
    manager: EntityManager,
    job: ImportJob,
    taken: readonly Rehearsed[],
    { ledger, invitations }: Pick<OpenAdmission, 'ledger' | 'invitations'>,
  ): Promise<void> {
    const draws = { ...job.rehearsedDraws };
    for (const { name, delta } of ledger.changes()) draws[name] = (draws[name] ?? 0) + delta;
    await manager.query('UPDATE import_job SET rehearsed_draws = $2 WHERE id = $1', [job.id, JSON.stringify(draws)]);
    const persons = taken.flatMap((one) => keysOf(one).map((key) => ({ key, content: this.contentOf(one) })));
    const codes = invitations.spent.map(({ hash }) => ({ key: keyOfCode(hash), content: null }));
    const said = [...persons, ...codes];
    await manager.query(
      `INSERT INTO rehearsed_key (job_id, key, times, content)
       SELECT $1, key, count(*), (array_agg(content ORDER BY at DESC))[1]
         FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS said (key, content, at) GROUP BY key
       ON CONFLICT (job_id, key)
       DO UPDATE SET times = rehearsed_key.times + EXCLUDED.times, content = EXCLUDED.content`,
      [job.id, said.map(({ key }) => key), said.map(({ content }) => content)],
    );
  }

  private contentOf({ signUp: { invitation, ...said } }: Rehearsed): string {
    return createHmac('sha256', this.config.REGISTRANT_FINGERPRINT_KEY)
      .update(JSON.stringify(said))
      .digest('base64url');
  }
}
