import { setTimeout as delay } from 'node:timers/promises';
import { topics } from '@expo-accord/contracts';
import { kafkaSettings, verifyStreams } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { checkConsumers } from './check-consumers';
import { checkDeliveries, type DeliveryCheck } from './check-deliveries';
import { checkEffects } from './check-effects';
import { checkImports } from './check-imports';
import { checkStories } from './check-stories';
import { checkStreams } from './check-streams';
import { FaultStack, withClient } from './fault-stack';
import { type Finding, firstOccurrences } from './history';
import { type Blows, Inflictor } from './inflict';
import { onDatabaseOf, speakers } from '../support/operating';
import { SeededRandom } from '../support/seeded-random';
import { readEffects, readImported, readKept } from './read-effects';
import { RecordedClient } from './recorded-client';
import { scheduleOf } from './schedule';
import { settle } from './settle';
import { WebhookLog } from './webhook-log';
import { Workload } from './workload';

/** Ends the line that a supervised service's crash is told by. */
const restarted = ' is started again.';

export interface FaultRun {
  seed: number;
  seconds: number;
  /** Holds data and logs. */
  folder: string;
  log: (line: string) => void;
  /** Aborted to stop early. */
  signal?: AbortSignal;
}

export interface FaultReport {
  blows: Blows;
  /** How often a service ended that nobody had killed; it was started again, which alone is no finding. */
  crashes: number;
  requests: number;
  tries: number;
  unanswered: number;
  messages: number;
  /** Records that were on a topic before, under the same id. */
  repeatedMessages: number;
  aggregates: number;
  deliveries: Pick<DeliveryCheck, 'repeatedWebhooks' | 'repeatedMails'> & { webhooks: number; mails: number };
  /** How long after the last fault everything was at rest, in ms. */
  settledInMs: number;
  findings: Finding[];
}

interface Tenant {
  name: string;
  endpointId: string;
  tenantId: string;
  client: RecordedClient;
  workload: Workload;
}

/** Starts everything, lets the workload run while the schedule hits the system, and holds what is left against it. */
export async function runFaults(run: FaultRun): Promise<FaultReport> {
  let crashes = 0;
  const log = (line: string): void => {
    if (line.endsWith(restarted)) crashes += 1;
    run.log(line);
  };
  const stack = await FaultStack.start({ ...run, log });
  const webhooks = await WebhookLog.listen(new SeededRandom(run.seed));
  const ended = new AbortController();
  const tenants: Tenant[] = [];
  const finish = async (): Promise<void> => {
    await Promise.all(tenants.map(({ workload }) => workload.finish()));
  };
  try {
    for (const name of ['harbour', 'inland']) {
      tenants.push(await prepareTenant({ seed: run.seed, stack, webhooks, name, ended: ended.signal }));
    }
    const inflictor = new Inflictor(stack, run.log);
    for (const { workload } of tenants) workload.start();
    await followSchedule(run, inflictor);
    const endedAt = Date.now();
    stack.heal();
    run.log('The faults are over.');
    await finish();
    run.log('Every request has been answered or given up.');
    const { blows } = inflictor;
    return { blows, ...(await examine(stack, run, { tenants, webhooks, endedAt })), crashes };
  } finally {
    ended.abort();
    await finish();
    await webhooks.stop();
    await stack.stop();
  }
}

interface Preparation {
  seed: number;
  stack: FaultStack;
  webhooks: WebhookLog;
  name: string;
  ended: AbortSignal;
}

async function prepareTenant({ seed, stack, webhooks, name, ended }: Preparation): Promise<Tenant> {
  const { tenantId, key } = await stack.tenant(name);
  const client = new RecordedClient(stack.urls, key, ended);
  // First of all: an endpoint is told what is said from then on.
  const endpoint = await client.post(new SeededRandom(seed), 'webhook-endpoints', { url: webhooks.url(name) });
  if (endpoint === null) throw new Error(`The endpoint of ${name} was not registered`);
  const workload = new Workload(name, client, seed + name.length);
  await workload.prepare();
  return { name, endpointId: String(endpoint.id), tenantId, client, workload };
}

async function followSchedule({ seed, seconds, signal }: FaultRun, inflictor: Inflictor): Promise<void> {
  const startedAt = Date.now();
  const waitUntil = (atMs: number): Promise<unknown> =>
    delay(Math.max(0, startedAt + atMs - Date.now()), undefined, signal === undefined ? {} : { signal });
  const lasting: Promise<void>[] = [];
  try {
    for (const fault of scheduleOf(seed, seconds)) {
      await waitUntil(fault.atMs);
      lasting.push(inflictor.inflict(fault));
    }
    await waitUntil(seconds * 1_000);
  } finally {
    await Promise.all(lasting);
  }
}

interface Ran {
  tenants: readonly Tenant[];
  webhooks: WebhookLog;
  endedAt: number;
}

async function examine(stack: FaultStack, run: FaultRun, ran: Ran): Promise<Omit<FaultReport, 'blows' | 'crashes'>> {
  const kafka = readSettings(kafkaSettings, stack.stack.kafkaSettingsOf('admin'));
  const { said, streams, consumers, findings } = await settle(stack, kafka, run);
  const settledInMs = Date.now() - ran.endedAt;
  const { effects, kept, imported } = await withClient(stack, async (client) => ({
    effects: await readEffects(client),
    kept: await readKept(client),
    imported: await readImported(client),
  }));
  const endpoints = ran.tenants.map(({ endpointId, tenantId }) => ({ id: endpointId, tenantId }));
  const idOf = new Map(ran.tenants.map(({ name, endpointId }) => [name, endpointId]));
  const received = ran.webhooks.received.map((one) => ({ ...one, endpointId: idOf.get(one.endpointId) ?? '' }));
  const mails = stack.stack.mail.mails.map(({ headers }) => headers['message-id'] ?? '');
  const deliveries = checkDeliveries({ effects, webhooks: received, mails, said });
  const stories = ran.tenants.flatMap(({ workload }) => workload.stories);
  const imports = ran.tenants.flatMap(({ workload }) => workload.imports);
  const total = (count: 'requests' | 'tries' | 'unanswered'): number =>
    ran.tenants.reduce((sum, { client }) => sum + client.counts[count], 0);
  const messages = firstOccurrences(said).length;
  return {
    requests: total('requests'),
    tries: total('tries'),
    unanswered: total('unanswered'),
    messages,
    repeatedMessages: said.length - messages,
    aggregates: new Set(said.map(({ source }) => source)).size,
    deliveries: {
      webhooks: received.length - deliveries.repeatedWebhooks,
      mails: mails.length - deliveries.repeatedMails,
      repeatedWebhooks: deliveries.repeatedWebhooks,
      repeatedMails: deliveries.repeatedMails,
    },
    settledInMs,
    findings: [
      ...findings,
      ...ran.tenants.flatMap(({ client }) => client.refusals),
      ...checkStreams(said, streams),
      ...(await verified(stack)),
      ...checkConsumers(said, consumers),
      ...checkEffects(said, endpoints, effects),
      ...checkStories(stories, kept, said),
      ...checkImports(imports, imported),
      ...deliveries.findings,
    ],
  };
}

/** What the operator's `verify` says: it has another way to find the same, and is to be believed in an emergency. */
async function verified({ stack }: FaultStack): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of speakers) {
    const owned = topics.filter(({ owner }) => owner === service);
    const verification = await onDatabaseOf(stack, service, (database, kafka) => verifyStreams(database, kafka, owned));
    for (const { kind, topic, source, detail } of verification.findings) {
      findings.push({
        kind: 'difference',
        about: source ?? topic,
        detail: `verify of ${service} says ${kind}: ${detail}`,
      });
    }
  }
  return findings;
}
