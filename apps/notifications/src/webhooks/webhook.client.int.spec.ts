import { WebhookReceiver } from '../../test/receivers';
import { isPublicAddress } from './address.rules';
import { WebhookClient } from './webhook.client';

let hook: WebhookReceiver;
let client: WebhookClient;

beforeAll(async () => {
  hook = await WebhookReceiver.start();
});

afterEach(async () => {
  await client.close();
});

afterAll(async () => {
  await hook.stop();
});

const post = (url: string) => client.post(url, { 'content-type': 'application/json' }, '{}');

it.each(['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433'])(
  'never connects to %s when only public addresses are allowed',
  async (host) => {
    client = new WebhookClient({ mayReach: isPublicAddress, timeoutMs: 5_000 });
    await expect(post(hook.url.replace('localhost', host))).rejects.toMatchObject({ code: 'EADDRNOTALLOWED' });
    expect(hook.posted).toEqual([]);
  },
);

it('fails like any other delivery when the name is not known', async () => {
  client = new WebhookClient({ mayReach: () => true, timeoutMs: 5_000 });
  await expect(post('http://nobody.invalid/')).rejects.toMatchObject({ syscall: 'getaddrinfo' });
});

it('judges every address of a name, and posts when all of them pass', async () => {
  const judged: string[] = [];
  const mayReach = (address: string) => judged.push(address) > 0;
  client = new WebhookClient({ mayReach, timeoutMs: 5_000 });
  expect(await post(hook.url)).toBe(204);
  expect(judged).toContain('127.0.0.1');
  expect(hook.posted).toHaveLength(1);
});

it('follows no redirect', async () => {
  client = new WebhookClient({ mayReach: () => true, timeoutMs: 5_000 });
  const before = hook.posted.length;
  hook.answer = () => 302;
  expect(await post(hook.url)).toBe(302);
  expect(hook.posted).toHaveLength(before + 1);
});

it('gives up on a receiver that does not answer in time', async () => {
  client = new WebhookClient({ mayReach: () => true, timeoutMs: 200 });
  let release = (): void => undefined;
  const held = new Promise<number>((resolve) => {
    release = () => {
      resolve(200);
    };
  });
  hook.answer = () => held;
  await expect(post(hook.url)).rejects.toThrow();
  release();
});

it('says that a name stands for no address', async () => {
  client = new WebhookClient({ mayReach: () => true, timeoutMs: 5_000 });
  await expect(post('http://nobody.invalid/')).rejects.toMatchObject({ code: expect.stringMatching(/^E/) as string });
});
