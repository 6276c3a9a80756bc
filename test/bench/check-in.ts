import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { ApiClient, type Json } from '../../deploy/demo/api-client';
import { type BenchRun, type Outcome } from './bench';
import { checkInPeer } from './check-in-peer';
import { now, percentile } from './latencies';
import { importSignUps, openExpo, saidEverything } from './open-expo';
import { RawLoad, rawPost } from './raw-load';
import { medianOf } from './report';

const REGISTRATIONS = 100_000;
const CONNECTIONS = 32;
/** Of the registrations so many are checked in by each repetition. */
const SHARE = 0.1;
const BREAKDOWNS = 20;

interface Measured {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Check-ins of known tickets through the gateway, beside bare SQL, and the breakdown of the event afterwards. */
export async function checkIn({ messages = REGISTRATIONS, repeats, log, atEnd, stack }: BenchRun): Promise<Outcome> {
  const test = await stack();
  const { key } = await test.tenant('Bench');
  const api = new ApiClient(test.url, key);
  const door = new Pool(test.url, { connections: CONNECTIONS, pipelining: 1 });
  atEnd(() => door.close());
  const call = caller(door, key);

  log(`Importing ${messages} registrations.`);
  const eventId = await openExpo(api);
  await importSignUps(api, eventId, messages);
  await saidEverything(test);
  const scans = Math.ceil(messages * SHARE);
  const ids = await registrationIds(api, eventId, scans * (repeats + 1));
  log(`Fetching ${ids.length} tickets.`);
  const tickets = await ticketsOf(call, ids);
  const peer = await checkInPeer(String(test.stack.settingsOf('registrations').DATABASE_URL));

  // Once for nothing, since neither compiler nor planner has seen any of it.
  const atGate = (some: readonly string[]): Promise<Measured> => checkedIn(new URL(test.url), key, eventId, some);
  await atGate(tickets.slice(0, scans));
  const own: Measured[] = [];
  const bare: number[] = [];
  for (let repetition = 1; repetition <= repeats; repetition += 1) {
    log(`Repetition ${repetition}: ${scans} check-ins, ${CONNECTIONS} at a time.`);
    await saidEverything(test);
    own.push(await atGate(tickets.slice(repetition * scans, (repetition + 1) * scans)));
    await saidEverything(test);
    bare.push(await peer.perSecond(CONNECTIONS, (repetition - 1) * (scans + CONNECTIONS), scans));
  }
  const { items: conflicts } = await call('GET', `/v1/events/${eventId}/check-ins?conflict=true`);
  if ((conflicts as Json[]).length > 0) throw new Error(`A good ticket came to ${JSON.stringify(conflicts)}`);
  return outcomeOf(own, bare, await breakdowns(call, eventId), peer.note);
}

type Call = (method: 'GET' | 'POST', path: string, body?: Json) => Promise<Json>;

function caller(door: Pool, key: string): Call {
  return async (method, path, body) => {
    const { statusCode, body: answer } = await door.request({
      method,
      path,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${method} ${path} was answered ${statusCode}: ${text}`);
    return JSON.parse(text) as Json;
  };
}

async function registrationIds(api: ApiClient, eventId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of api.list(`/v1/events/${eventId}/registrations`)) {
    ids.push(String(id));
    if (ids.length === count) break;
  }
  return ids;
}

async function ticketsOf(call: Call, ids: readonly string[]): Promise<string[]> {
  const tickets: string[] = [];
  const rest = ids.entries();
  const worker = async (): Promise<void> => {
    for (const [at, id] of rest) tickets[at] = String((await call('GET', `/v1/registrations/${id}/ticket`)).token);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return tickets;
}

async function checkedIn(url: URL, key: string, eventId: string, tickets: readonly string[]): Promise<Measured> {
  const headers = { authorization: `Bearer ${key}` };
  const scannedAt = new Date().toISOString();
  const requests = tickets.map((ticket) => {
    const scan = { scanId: randomUUID(), ticket, scannedAt, gate: 'north' };
    return rawPost(url, `/v1/events/${eventId}/check-ins`, headers, scan);
  });
  const load = await RawLoad.open(url, CONNECTIONS);
  const { statuses, latencies, seconds } = await load.send(requests);
  load.close();
  const odd = statuses.find((status) => status !== 201);
  if (odd !== undefined) throw new Error(`A good ticket was answered ${odd}`);
  return { perSecond: tickets.length / seconds, p99Ms: percentile(latencies, 99) };
}

async function breakdowns(call: Call, eventId: string): Promise<number[]> {
  const taken: number[] = [];
  for (let count = 0; count < BREAKDOWNS; count += 1) {
    const startedAt = now();
    await call('GET', `/v1/events/${eventId}/breakdown`);
    taken.push(now() - startedAt);
  }
  return taken;
}

function outcomeOf(own: Measured[], bare: number[], breakdownMs: number[], peer: string): Outcome {
  const perSecond = own.map((each) => each.perSecond);
  const p99Ms = own.map((each) => each.p99Ms);
  const ratios = perSecond.map((each, index) => each / (bare[index] ?? NaN));
  return {
    rows: [
      { what: `check-ins, ${CONNECTIONS} connections`, unit: 'a second', values: perSecond },
      { what: 'p99', unit: 'ms', values: p99Ms },
      { what: `bare SQL, ${CONNECTIONS} clients`, unit: 'a second', values: bare },
      { what: 'check-ins by bare SQL', unit: '', values: ratios, goal: '>= 0.8' },
      { what: 'breakdown of the event', unit: 'ms', values: breakdownMs, goal: '<= 20' },
    ],
    notes: [`Bare SQL: one statement that writes the same rows; ${peer}.`],
    figures: {
      perSecond: medianOf(perSecond),
      p99Ms: medianOf(p99Ms),
      ratioSql: medianOf(ratios),
      breakdownMs: medianOf(breakdownMs),
    },
  };
}
