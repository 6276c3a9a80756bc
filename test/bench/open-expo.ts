import { type ApiClient, type Json } from '../../deploy/demo/api-client';
import { connected } from '../support/infrastructure';
import { type TestStack } from '../support/stack';
import { until } from '../support/until';

const categories = ['visitor', 'buyer', 'exhibitor', 'press'];
const economies = ['CN', 'KR', 'JP', 'HK', 'SG'];
const PATIENCE_MS = 600_000;

/** @returns the id of an event that anybody can sign up for, known to the registrations service */
export async function openExpo(api: ApiClient, buyers?: number): Promise<string> {
  const name = (text: string): Json => ({ original: 'en', texts: { en: text } });
  const { id } = await api.post('/v1/events', {
    names: name('Bench expo'),
    kind: 'exposition',
    startsAt: { local: '2099-10-17T09:00', zone: 'Asia/Seoul' },
    venue: { economy: 'KR' },
    hosts: { completeness: 'exhaustive', items: [{ name: name('Bench host') }] },
  });
  await api.post(`/v1/events/${String(id)}/publish`);
  await api.post(`/v1/events/${String(id)}/open`);
  await until(
    () => api.get(`/v1/events/${String(id)}/availability`),
    ({ open }) => open === true,
  );
  for (const code of categories) {
    const quota = code === 'buyer' && buyers !== undefined ? { quota: buyers } : {};
    await api.post(`/v1/events/${String(id)}/ticket-categories`, { code, ...quota });
  }
  return String(id);
}

/** One of many different sign-ups. */
export function signUpOf(index: number, category = categories[index % categories.length]): Json {
  return {
    category,
    person: { name: { texts: { en: `Visitor ${index}` }, order: 'givenFirst' }, email: `${index}@example.org` },
    economy: economies[index % economies.length],
    mode: index % 10 === 0 ? 'online' : 'inPerson',
  };
}

export async function importSignUps(api: ApiClient, eventId: string, count: number, from = 0): Promise<void> {
  function* lines(): Generator<string> {
    for (let index = from; index < from + count; index += 1) yield JSON.stringify(signUpOf(index));
  }
  const job = await api.postLines(`/v1/events/${eventId}/imports`, lines);
  const done = await until(
    () => api.get(`/v1/imports/${String(job.id)}`),
    ({ status }) => !['receiving', 'queued', 'running'].includes(String(status)),
    PATIENCE_MS,
  );
  if (done.created !== count) throw new Error(`The import ended as ${JSON.stringify(done)}`);
}

/** Until the relay has nothing left to send. */
export async function saidEverything({ stack }: TestStack): Promise<void> {
  const url = String(stack.settingsOf('registrations').DATABASE_URL);
  await connected(url, 'registrations', async (client) => {
    const unsent = async (): Promise<unknown> => (await client.query('SELECT 1 FROM outbox LIMIT 1')).rowCount;
    await until(unsent, (count) => count === 0, PATIENCE_MS);
  });
}
