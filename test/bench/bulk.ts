import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient, type Json } from '../../deploy/demo/api-client';
import { signUpLines } from '../../deploy/demo/simulation/sign-ups';
import { onDatabaseOf } from '../support/operating';
import { publishable } from '../support/publishable';
import { until } from '../support/until';
import { bareInserts } from './bare-inserts';
import { type BenchRun, type Outcome } from './bench';
import { now } from './latencies';

const LINES = 100_000;
const POLL_MS = 50;
const PATIENCE_MS = 1_800_000;

/** How long a file of sign-ups takes, through the gateway and with all services running, and what it costs in memory. */
export async function bulk({ messages: lines = LINES, log, stack: services }: BenchRun): Promise<Outcome> {
  const { stack, tenant, url } = await services();
  const api = new ApiClient(url, (await tenant('Bulk')).key);
  const eventId = await openEvent(api);
  log(`An import of ${lines} lines.`);
  const upload = await sendLines(api, eventId, lines);
  const path = `/v1/imports/${String(upload.job.id)}`;
  const { status } = await until(
    async () => {
      await delay(POLL_MS);
      return await api.get(path);
    },
    ({ finishedAt }) => finishedAt !== null,
    PATIENCE_MS,
  );
  if (status !== 'done') throw new Error(`The import is ${String(status)}.`);
  const importSeconds = secondsSince(upload.startedAt);
  const committedAt = now();
  const rssMiB = peakMemoryOf(stack.service('registrations').pid ?? 0);
  const { kafkaSeconds, sqlPerSecond } = await onDatabaseOf(stack, 'registrations', async (dataSource) => {
    await until(
      async () => {
        await delay(POLL_MS);
        return await dataSource.query<unknown[]>('SELECT 1 FROM outbox LIMIT 1');
      },
      (rows) => rows.length === 0,
      PATIENCE_MS,
    );
    const sent = secondsSince(committedAt);
    log('The same rows by bare SQL.');
    return { kafkaSeconds: sent, sqlPerSecond: await bareInserts(dataSource, eventId) };
  });
  const linesPerSecond = lines / importSeconds;
  const ratioSql = linesPerSecond / sqlPerSecond;
  return {
    rows: [
      { what: 'import', unit: 'lines/s', values: [linesPerSecond] },
      { what: 'bare SQL, the same rows, 500 at a time', unit: 'lines/s', values: [sqlPerSecond] },
      { what: 'of bare SQL', unit: '', values: [ratioSql], goal: '>= 0.25' },
      { what: 'last byte to 202', unit: 'ms', values: [upload.acceptedMs], goal: '<= 1,000' },
      { what: 'first byte to last line committed', unit: 's', values: [importSeconds] },
      { what: 'from there to the last message on Kafka', unit: 's', values: [kafkaSeconds], goal: 'as long again' },
      { what: 'most memory of the registrations service', unit: 'MiB', values: [rssMiB] },
    ],
    notes: ['Through the gateway, with the five services, PostgreSQL and Kafka on the same machine.'],
    figures: { linesPerSecond, ratioSql, importSeconds, kafkaSeconds, rssMiB, acceptedMs: upload.acceptedMs },
  };
}

async function openEvent(api: ApiClient): Promise<string> {
  const names = { original: 'en', texts: { en: 'Bulk expo' } };
  const event = await api.post('/v1/events', { names, kind: 'exposition', ...publishable });
  const id = String(event.id);
  for (const action of ['publish', 'open']) await api.post(`/v1/events/${id}/${action}`);
  await until(
    () => api.get(`/v1/events/${id}/availability`),
    ({ open }) => open === true,
  );
  for (const code of ['visitor', 'buyer', 'exhibitor', 'delegate', 'press', 'vip']) {
    await api.post(`/v1/events/${id}/ticket-categories`, { code });
  }
  return id;
}

/** @returns `acceptedMs` from the moment the last byte was handed to the socket to the answer */
async function sendLines(
  api: ApiClient,
  eventId: string,
  lines: number,
): Promise<{ job: Json; startedAt: number; acceptedMs: number }> {
  const startedAt = now();
  let lastByteAt = startedAt;
  const job = await api.postLines(`/v1/events/${eventId}/imports`, function* () {
    yield* signUpLines({ edition: 1, from: 0, to: lines, past: false });
    lastByteAt = now();
  });
  return { job, startedAt, acceptedMs: now() - lastByteAt };
}

const secondsSince = (time: number): number => (now() - time) / 1_000;

/** MiB that the process has held at most, as Linux counts them; not a number where there is no /proc. */
function peakMemoryOf(pid: number): number {
  const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1_024;
}
