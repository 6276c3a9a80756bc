import { type ApiClient } from '../../deploy/demo/api-client';
import { publishable } from './publishable';
import { until } from './until';

/** An event that takes sign-ups of buyers, known to the registrations service; its id. */
export async function openEvent(api: ApiClient): Promise<string> {
  const names = { original: 'en', texts: { en: 'An open event' } };
  const { id } = await api.post('/v1/events', { names, kind: 'exposition', ...publishable });
  for (const action of ['publish', 'open']) await api.post(`/v1/events/${String(id)}/${action}`);
  await api.post(`/v1/events/${String(id)}/ticket-categories`, { code: 'buyer' });
  await until(
    () => api.get(`/v1/events/${String(id)}/availability`),
    ({ open }) => open === true,
  );
  return String(id);
}

/** Lines of an import, of people whom no other `name` has. */
export function* signUpLines(name: string, count: number): Generator<string> {
  for (let number = 1; number <= count; number += 1) {
    yield JSON.stringify({
      category: 'buyer',
      economy: 'KR',
      externalRefs: [{ system: name, id: String(number) }],
      person: {
        name: { texts: { en: `Buyer ${name} ${number}` }, order: 'familyFirst' },
        email: `${name}-${number}@example.org`,
      },
    });
  }
}
