import { Pool } from 'undici';
import { type Json } from '../../deploy/demo/api-client';
import { connected } from '../support/infrastructure';
import { type TestStack } from '../support/stack';
import { until } from '../support/until';
import { type BenchRun, type Outcome } from './bench';
import { cpuSecondsOf } from './cpu';
import { now } from './latencies';
import { medianOf } from './report';

const PROJECTS = 100_000;
const SIGNED_AT_ONCE = 191;
const CONNECTIONS = 32;
const DRAFTS = 1_000;
const READS = 20;

type Call = (method: 'GET' | 'POST', path: string, body?: Json | string) => Promise<Json>;

/** Signing in bulk, totals over many projects, and state changes with their audit, through the gateway. */
export async function agreements({ messages = PROJECTS, repeats, log, atEnd, stack }: BenchRun): Promise<Outcome> {
  const test = await stack();
  const door = new Pool(test.url, { connections: CONNECTIONS, pipelining: 1 });
  atEnd(() => door.close());
  const call = caller(door, (await test.tenant('Bench')).key);

  log(`Importing ${messages} projects.`);
  await imported(call, messages);
  await saidEverything(test);
  const totalsMs = await timed(READS, () => call('GET', '/v1/statistics'));

  const bulkSignMs: number[] = [];
  const perSecond: number[] = [];
  const cpuMs: number[] = [];
  const drafts = Math.min(DRAFTS, messages);
  for (let repetition = 0; repetition <= repeats; repetition += 1) {
    const { items } = (await call('GET', `/v1/projects?status=announced&limit=${SIGNED_AT_ONCE}`)) as { items: Json[] };
    const ids = items.map(({ id }) => String(id));
    const [took = NaN] = await timed(1, () => call('POST', '/v1/projects/actions/sign', { ids }));
    log(
      `Repetition ${repetition}: ${ids.length} signed in ${took.toFixed(0)} ms; ${drafts} agreements through their life.`,
    );
    const measured = await changed(test, call, drafts);
    await saidEverything(test);
    // The first is for nothing, since neither compiler nor planner has seen any of it.
    if (repetition === 0) continue;
    bulkSignMs.push(took);
    perSecond.push(measured.perSecond);
    cpuMs.push(measured.cpuMs);
  }
  return {
    rows: [
      { what: `signing ${SIGNED_AT_ONCE} projects in bulk`, unit: 'ms', values: bulkSignMs, goal: '<= 1,000' },
      { what: `totals over ${messages} projects`, unit: 'ms', values: totalsMs, goal: '<= 50' },
      { what: `state changes, ${CONNECTIONS} connections`, unit: 'a second', values: perSecond, goal: '>= 500' },
      { what: 'CPU of gateway and service for a change', unit: 'ms', values: cpuMs },
    ],
    notes: [
      'A change is a step of an agreement: row, audit entry and, from agreed on, two messages in one transaction.',
    ],
    figures: {
      bulkSignMs: medianOf(bulkSignMs),
      totalsMs: medianOf(totalsMs),
      changesPerSecond: medianOf(perSecond),
      cpuMsPerChange: medianOf(cpuMs),
    },
  };
}

function caller(door: Pool, key: string): Call {
  return async (method, path, body) => {
    const type = typeof body === 'string' ? 'application/x-ndjson' : 'application/json';
    const { statusCode, body: answer } = await door.request({
      method,
      path,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${method} ${path} was answered ${statusCode}: ${text}`);
    return JSON.parse(text) as Json;
  };
}

const industries = [
  'automobiles',
  'newEnergyEquipment',
  'electronicInformation',
  'smartManufacturing',
  'modernServices',
];

async function imported(call: Call, count: number): Promise<void> {
  const line = (at: number): string =>
    JSON.stringify({
      externalRefs: [{ system: 'bench', id: String(at) }],
      names: { original: 'en', texts: { en: `Project ${at}` } },
      industry: industries[at % industries.length],
      economies: ['CN', 'KR'],
      investment: { qualifier: at % 10 === 0 ? 'approx' : 'exact', value: `${1_000_000 + at}.25`, currency: 'CNY' },
    });
  const lines = Array.from({ length: count }, (_, at) => line(at)).join('\n');
  const { id } = await call('POST', '/v1/projects/imports', lines);
  const job = await until(
    () => call('GET', `/v1/project-imports/${String(id)}`),
    ({ status }) => status === 'done',
    1_800_000,
  );
  if (job.created !== count) throw new Error(`The import ended as ${JSON.stringify(job)}`);
}

/** How long each of so many calls took, in milliseconds. */
async function timed(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) {
    const startedAt = now();
    await work();
    taken.push(now() - startedAt);
  }
  return taken;
}

const english = (text: string): Json => ({ original: 'en', texts: { en: text } });
const parties = {
  completeness: 'exhaustive',
  items: [
    { economy: 'CN', name: english('Port of Qingdao'), role: 'party' },
    { economy: 'KR', name: english('Port of Incheon'), role: 'party' },
  ],
};
const life = ['negotiate', 'agree', 'sign'];

/** Takes drafts through their life up to their signing, so many at a time. */
async function changed(test: TestStack, call: Call, drafts: number): Promise<{ perSecond: number; cpuMs: number }> {
  const ids: string[] = [];
  await eachAtOnce(Array.from({ length: drafts }).keys(), async (at) => {
    const draft = { type: 'mou', titles: english(`Memorandum ${at}`), parties };
    ids.push(String((await call('POST', '/v1/agreements', draft)).id));
  });
  const [cpuBefore, startedAt] = [cpuOf(test), now()];
  for (const action of life) await eachAtOnce(ids.values(), (id) => call('POST', `/v1/agreements/${id}/${action}`));
  const changes = drafts * life.length;
  return {
    perSecond: (changes / (now() - startedAt)) * 1_000,
    cpuMs: ((cpuOf(test) - cpuBefore) * 1_000) / changes,
  };
}

async function eachAtOnce<T>(items: IterableIterator<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const worker = async (): Promise<void> => {
    for (const item of items) await work(item);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** Seconds of CPU that the two processes on the way have used. */
function cpuOf({ stack }: TestStack): number {
  return cpuSecondsOf(stack.service('gateway').pid ?? 0) + cpuSecondsOf(stack.service('agreements').pid ?? 0);
}

/** Until the relay has nothing left to send. */
async function saidEverything({ stack }: TestStack): Promise<void> {
  await connected(String(stack.settingsOf('agreements').DATABASE_URL), 'agreements', async (client) => {
    const unsent = async (): Promise<unknown> => (await client.query('SELECT 1 FROM outbox LIMIT 1')).rowCount;
    await until(unsent, (count) => count === 0, 600_000);
  });
}
