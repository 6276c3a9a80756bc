import {
  agreementSigned,
  deliveryDelivered,
  eventPublished,
  projectAnnounced,
  projectSigned,
  type ProjectSnapshot,
  registrationRegistered,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../../../test/support/eventually';
import { NotificationsService, type Tenant } from '../../test/notifications-service';
import { type Posted, WebhookReceiver } from '../../test/receivers';
import { type DeliveryPage } from '../deliveries/delivery.dto';
import { type FeedPage } from '../feed/feed.dto';
import { type WebhookEndpointAnswer, type WebhookEndpointWithSecret } from './webhook-endpoint.dto';

let service: NotificationsService;
const receivers: WebhookReceiver[] = [];

beforeAll(async () => {
  service = await NotificationsService.start({ WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true' });
});

afterAll(async () => {
  await service.stop();
  await Promise.all(receivers.map((receiver) => receiver.stop()));
});

async function receiver(): Promise<WebhookReceiver> {
  const started = await WebhookReceiver.start();
  receivers.push(started);
  return started;
}

async function endpoint(tenant: Tenant, url: string, types?: string[]): Promise<WebhookEndpointWithSecret> {
  const created = await tenant.call<WebhookEndpointWithSecret>('POST', 'webhook-endpoints', {
    body: { url, ...(types && { types }) },
  });
  expect(created.status).toBe(201);
  return created.body;
}

const sign = (tenant: Tenant, agreementId = newId(), visibility: 'public' | 'internal' = 'public') =>
  service.wire.say(agreementSigned, tenant.id, agreementId, { agreementId, visibility });

const project = (tenant: Tenant, projectId: string, changes: Partial<ProjectSnapshot> = {}) =>
  service.wire.say(projectAnnounced, tenant.id, projectId, { projectId, ...changes });

const firstOf = (to: WebhookReceiver, aggregateId: string): Promise<Posted> =>
  eventually(() => to.about(aggregateId)[0]);

const logOf = async (tenant: Tenant, { id }: { id: string }) =>
  (await tenant.call<DeliveryPage>('GET', `webhook-endpoints/${id}/deliveries?count=true`)).body;

const stateOf = async (tenant: Tenant, { id }: { id: string }) =>
  (await tenant.call<WebhookEndpointAnswer>('GET', `webhook-endpoints/${id}`)).body;

describe('a webhook', () => {
  it('carries the message, signed so that a standard library verifies it', async () => {
    const [tenant, hook] = [service.tenant(), await receiver()];
    const { secret = '', ...registered } = await endpoint(tenant, hook.url);
    const agreementId = newId();
    const said = await sign(tenant, agreementId);
    const { headers, payload, body } = await firstOf(hook, agreementId);
    expect(new Webhook(secret).verify(payload, headers)).toEqual(body);
    expect(headers['webhook-id']).toBe(said.id);
    expect(body).toEqual({
      id: said.id,
      type: 'expo-accord.agreement.signed.v1',
      source: `/agreements/${agreementId}`,
      time: expect.any(String) as string,
      epoch: '000001',
      sequence: '00000000000000000001',
      data: { ...agreementSigned.example, agreementId },
    });
    const log = await eventually(async () => {
      const found = await logOf(tenant, registered);
      return found.items[0]?.status === 'delivered' ? found : undefined;
    });
    expect(log).toMatchObject({ total: 1, items: [{ causeId: said.id, attemptCount: 1, recipient: null }] });
  });

  it('is posted again after a failure until it is taken', async () => {
    const [tenant, hook] = [service.tenant(), await receiver()];
    const registered = await endpoint(tenant, hook.url);
    hook.answer = () => (hook.posted.length < 3 ? 500 : 200);
    await sign(tenant);
    const delivered = await eventually(async () => {
      const [found] = (await logOf(tenant, registered)).items;
      return found?.status === 'delivered' ? found : undefined;
    });
    expect(delivered.attempts.map(({ code, replyCode }) => [code, replyCode])).toEqual([
      ['http-error', 500],
      ['http-error', 500],
      ['ok', 200],
    ]);
    expect(new Set(hook.posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('never overtakes an earlier one of its aggregate, while others pass', async () => {
    const [tenant, hook] = [service.tenant(), await receiver()];
    await endpoint(tenant, hook.url);
    const [stuck, free] = [newId(), newId()];
    let mend = (): void => undefined;
    const mended = new Promise<number>((resolve) => {
      mend = () => {
        resolve(200);
      };
    });
    // A schedule lasts seconds here, and what failed to its end is overtaken: so the second attempt waits for the spec.
    hook.answer = ({ body }) => (!body.source.endsWith(stuck) ? 200 : hook.about(stuck).length < 2 ? 503 : mended);
    await project(tenant, stuck);
    await service.wire.say(projectSigned, tenant.id, stuck, { projectId: stuck });
    await project(tenant, free);
    await firstOf(hook, free);
    await eventually(() => (hook.about(stuck).length >= 2 ? true : undefined));
    expect(hook.about(stuck).every(({ body }) => body.sequence.endsWith('1'))).toBe(true);
    mend();
    await eventually(() => hook.about(stuck).find(({ body }) => body.sequence.endsWith('2')));
    const sequences = hook.about(stuck).map(({ body }) => body.sequence);
    expect(sequences).toEqual([...sequences].sort());
  });

  it('is not held up by the slow endpoint of somebody else', async () => {
    const [tenant, slow, quick] = [service.tenant(), await receiver(), await receiver()];
    await endpoint(tenant, slow.url);
    await endpoint(tenant, quick.url);
    let release = (): void => undefined;
    const held = new Promise<number>((resolve) => {
      release = () => {
        resolve(200);
      };
    });
    slow.answer = () => held;
    const projects = Array.from({ length: 12 }, newId);
    for (const projectId of projects) await project(tenant, projectId);
    await eventually(() => (quick.posted.length === projects.length ? true : undefined));
    expect(slow.posted.length).toBeLessThanOrEqual(4);
    release();
    await eventually(() => (slow.posted.length === projects.length ? true : undefined));
  });

  it('goes to no other tenant, to no other type, and nothing internal leaves', async () => {
    const [tenant, other] = [service.tenant(), service.tenant()];
    const [all, picky, foreign] = [await receiver(), await receiver(), await receiver()];
    await endpoint(tenant, all.url);
    await endpoint(tenant, picky.url, [projectAnnounced.type]);
    await endpoint(other, foreign.url);
    const [hidden, open, last] = [newId(), newId(), newId()];
    await sign(tenant, hidden, 'internal');
    await service.wire.say(registrationRegistered, tenant.id, newId(), {});
    await sign(tenant, open);
    await project(tenant, last);
    await firstOf(all, open);
    await firstOf(picky, last);
    expect(all.about(hidden)).toEqual([]);
    expect(picky.posted.map(({ body }) => body.type)).toEqual([projectAnnounced.type]);
    expect(foreign.posted).toEqual([]);
    const feed = await tenant.call<FeedPage>('GET', 'feed');
    expect(feed.body.items.map(({ source }) => source).sort()).toEqual(
      [`/agreements/${open}`, `/projects/${last}`].sort(),
    );
    expect((await other.call<FeedPage>('GET', 'feed')).body).toEqual({ items: [], nextCursor: null });
  });
});

describe('an endpoint', () => {
  it('is switched off when it answers 410, and goes on where it stopped when enabled', async () => {
    const [tenant, hook] = [service.tenant(), await receiver()];
    const registered = await endpoint(tenant, hook.url);
    const projectId = newId();
    // What comes once it is switched off is not for it, so both have to be on their way before.
    hook.answer = async () =>
      await eventually(async () => ((await logOf(tenant, registered)).total === 2 ? 410 : undefined));
    await project(tenant, projectId);
    await service.wire.say(projectSigned, tenant.id, projectId, { projectId });
    const off = await eventually(async () => {
      const found = await stateOf(tenant, registered);
      return found.status === 'disabled' ? found : undefined;
    });
    expect(off).toMatchObject({ disabledReason: 'gone', actions: ['enable', 'rotate-secret'], version: 2 });
    hook.answer = () => 200;
    const enabled = await tenant.call('POST', `webhook-endpoints/${registered.id}/enable`);
    expect(enabled.body).toMatchObject({ status: 'enabled', disabledReason: null });
    const [failed] = (await logOf(tenant, registered)).items.filter(({ status }) => status === 'failed');
    const again = await tenant.call('POST', `deliveries/${failed?.id ?? ''}/redeliver`);
    expect(again).toMatchObject({ status: 200, body: { status: 'pending' } });
    await eventually(async () => {
      const { items } = await logOf(tenant, registered);
      return items.every(({ status }) => status === 'delivered') ? true : undefined;
    });
  });

  it('is switched off when a whole schedule brings no success', async () => {
    const [tenant, hook] = [service.tenant(), await receiver()];
    const registered = await endpoint(tenant, hook.url);
    hook.answer = () => 302;
    await sign(tenant);
    const off = await eventually(async () => {
      const found = await stateOf(tenant, registered);
      return found.status === 'disabled' ? found : undefined;
    });
    expect(off.disabledReason).toBe('repeatedFailure');
    const [failed] = (await logOf(tenant, registered)).items;
    expect(failed).toMatchObject({ status: 'failed', attemptCount: 10 });
    expect(new Set(failed?.attempts.map(({ code }) => code))).toEqual(new Set(['redirect-refused']));
  });

  it('signs with both secrets after a rotation', async () => {
    const [tenant, hook] = [service.tenant(), await receiver()];
    const { id, secret: previous = '' } = await endpoint(tenant, hook.url);
    const rotated = await tenant.call<WebhookEndpointWithSecret>('POST', `webhook-endpoints/${id}/rotate-secret`);
    const { secret: current = '' } = rotated.body;
    expect(current).not.toBe(previous);
    const agreementId = newId();
    await sign(tenant, agreementId);
    const { payload, headers, body } = await firstOf(hook, agreementId);
    expect(new Webhook(previous).verify(payload, headers)).toEqual(body);
    expect(new Webhook(current).verify(payload, headers)).toEqual(body);
  });
});

it('announces what was delivered, under the request that it began with', async () => {
  const [tenant, hook] = [service.tenant(), await receiver()];
  await endpoint(tenant, hook.url);
  const eventId = newId();
  const said = await service.wire.say(eventPublished, tenant.id, eventId, { eventId, historical: true });
  const seen = await eventually(() => service.wire.heard.find(({ causationId }) => causationId === said.id));
  expect(seen).toMatchObject({ type: deliveryDelivered.type, correlationId: said.id, tenantId: tenant.id });
  expect(seen.data).toMatchObject({ channel: 'webhook', causeId: said.id, visibility: 'internal', attempts: 1 });
});

it('pages through the feed without missing or repeating anything', async () => {
  const tenant = service.tenant();
  const projects = Array.from({ length: 5 }, newId);
  for (const projectId of projects) await project(tenant, projectId);
  const found: string[] = [];
  let cursor: string | null = null;
  await eventually(async () => {
    const after: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { body } = await tenant.call<FeedPage>('GET', `feed?limit=2${after}`);
    found.push(...body.items.map(({ source }) => source.split('/').at(-1) ?? ''));
    cursor = body.nextCursor;
    return found.length >= projects.length ? true : undefined;
  });
  expect([...found].sort()).toEqual([...projects].sort());
});
