import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { contactRecorded, eventPublished, registrationRegistered } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { eventually } from '../../../../test/support/eventually';
import { NotificationsService } from '../../test/notifications-service';
import { MailReceiver, WebhookReceiver } from '../../test/receivers';
import { Delivery } from './delivery.entity';
import { DeliveryRecorder } from './delivery.recorder';

const runTypescript = resolve(__dirname, '../../../../test/support/run-typescript.cjs');
const main = join(__dirname, '../main.ts');

let smtp: MailReceiver;
let hook: WebhookReceiver;
let service: NotificationsService;
const children: ChildProcess[] = [];

beforeAll(async () => {
  smtp = await MailReceiver.start();
  hook = await WebhookReceiver.start();
  service = await NotificationsService.start({
    SMTP_URL: smtp.url,
    WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
    DELIVERY_LEASE_MS: '4000',
  });
});

afterAll(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await service.stop();
  await smtp.stop();
  await hook.stop();
});

function anotherProcess(): ChildProcess {
  const env = { PATH: process.env.PATH, ...service.env };
  const child = spawn(process.execPath, [runTypescript, main], { env, stdio: 'ignore' });
  children.push(child);
  return child;
}

it('writes nothing for a worker whose lease went to another', async () => {
  const [id, leaseToken] = [newId(), newId()];
  await service.database.query(
    `INSERT INTO delivery (id, tenant_id, channel, status, cause_id, cause_type, source, correlation_id, synthetic,
       lease_token, leased_until)
     VALUES ($1, $2, 'mail', 'pending', $3, 'a.b.v1', '/b/1', 'c', false, $4, now() + interval '1 hour')`,
    [id, service.tenant().id, newId(), leaseToken],
  );
  const delivery = await service.app.get(DataSource).manager.findOneByOrFail(Delivery, { id });
  const outcome = { result: 'delivered', code: 'ok', replyCode: 250 } as const;
  const record = (token: string) =>
    service.app
      .get(DeliveryRecorder)
      .record(Object.assign({}, delivery, { leaseToken: token }), { outcome, startedAt: new Date(), durationMs: 1 });
  const written = async () =>
    service.database.query(
      `SELECT status, (SELECT count(*)::int FROM delivery_attempt) AS attempts,
         (SELECT count(*)::int FROM message_stream) AS streams FROM delivery WHERE id = $1`,
      [id],
    );
  await record(newId());
  expect(await written()).toEqual([{ status: 'pending', attempts: 0, streams: 0 }]);
  await record(leaseToken);
  expect(await written()).toEqual([{ status: 'delivered', attempts: 1, streams: 1 }]);
});

it('loses nothing when killed in the middle of an attempt, and ends within seconds when asked to', async () => {
  const tenant = service.tenant();
  await tenant.call('POST', 'webhook-endpoints', { body: { url: hook.url } });
  await service.stopServing();
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  hook.answer = () => held.then(() => 200);
  smtp.hold = held;
  const killed = anotherProcess();
  const [eventId, registrationId] = [newId(), newId()];
  const email = `${registrationId}@example.org`;
  await service.wire.say(eventPublished, tenant.id, eventId, { eventId });
  await service.wire.say(contactRecorded, tenant.id, registrationId, { registrationId, eventId, email });
  await service.wire.say(registrationRegistered, tenant.id, registrationId, { registrationId, eventId, notify: true });
  await eventually(() => (hook.posted.length > 0 && smtp.to(email).length > 0 ? true : undefined), 60_000);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const before = { posts: hook.posted.length, mails: smtp.to(email).length };
  release();

  const successor = anotherProcess();
  await eventually(async () => {
    const delivered = await service.database.query(
      `SELECT 1 FROM delivery WHERE tenant_id = $1 AND status = 'delivered'`,
      [tenant.id],
    );
    return delivered.length === 2 ? true : undefined;
  });
  const ids = hook.posted.map(({ headers }) => headers['webhook-id']);
  expect(ids.length).toBeGreaterThan(before.posts);
  expect(new Set(ids).size).toBe(1);
  const mails = smtp.to(email).map(({ messageId }) => messageId);
  expect(mails.length).toBeGreaterThan(before.mails);
  expect(new Set(mails).size).toBe(1);

  successor.kill('SIGTERM');
  expect(await once(successor, 'exit')).toEqual([0, null]);
});
