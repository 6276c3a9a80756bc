import { until } from '../../../test/support/until';
import { type CallOptions, type Tenant } from './agreements-service';

export interface Job {
  id: string;
  status: string;
  lines: number;
  processed: number;
  refused: number;
}

export interface Result {
  line: number;
  externalRefs: object[];
  outcome: string;
  code: string | null;
  projectId?: string | null;
  agreementId?: string | null;
  errors?: { pointer: string; code: string }[];
}

/** Hands in a file of lines, and waits until each has its result. */
export async function imported(
  tenant: Tenant,
  kind: 'project' | 'agreement',
  body: string,
  { query = '', ...options }: { query?: string } & Omit<CallOptions, 'body'> = {},
): Promise<{ job: Job; results: Result[] }> {
  const accepted = await tenant.call<Job>('POST', `${kind}s/imports${query}`, { ...options, body });
  expect([accepted.status, accepted.body]).toEqual([202, accepted.body]);
  const path = `${kind}-imports/${accepted.body.id}`;
  expect(accepted.headers.get('location')).toBe(`/v1/${path}`);
  const { body: job } = await until(
    () => tenant.get<Job>(path),
    (answer) => answer.body.status === 'done',
  );
  const { body: lines } = await tenant.get<string>(`${path}/results`);
  const results = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
  return { job, results };
}
