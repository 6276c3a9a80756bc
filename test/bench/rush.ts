import { ApiClient } from '../../deploy/demo/api-client';
import { type BenchRun, type Outcome } from './bench';
import { openExpo, saidEverything, signUpOf } from './open-expo';
import { RawLoad, rawPost } from './raw-load';
import { medianOf } from './report';

const PEOPLE = 1_000;
const PLACES_FOR = 0.5;
const CONNECTIONS_WARM = 32;
const WARM_UPS = 5;

interface Rush {
  readonly seconds: number;
  readonly confirmed: number;
  readonly others: number;
  readonly errors5xx: number;
}

/** So many sign up at the same moment, each on a connection of their own, for half as many places. */
export async function rush({ messages: people = PEOPLE, repeats, log, stack }: BenchRun): Promise<Outcome> {
  const test = await stack();
  const { key } = await test.tenant('Rush');
  const api = new ApiClient(test.url, key);
  const url = new URL(test.url);
  const places = Math.floor(people * PLACES_FOR);
  const requestsFor = (eventId: string): Buffer[] =>
    Array.from({ length: people }, (_, index) =>
      rawPost(url, `/v1/events/${eventId}/registrations`, { authorization: `Bearer ${key}` }, signUpOf(index, 'buyer')),
    );

  log('Warming up.');
  const warm = await RawLoad.open(url, CONNECTIONS_WARM);
  for (let count = 0; count < WARM_UPS; count += 1) await warm.send(requestsFor(await openExpo(api)));
  warm.close();
  const rushes: Rush[] = [];
  for (let repetition = 1; repetition <= repeats; repetition += 1) {
    const eventId = await openExpo(api, places);
    await saidEverything(test);
    log(`Repetition ${repetition}: ${people} people for ${places} places.`);
    const crowd = await RawLoad.open(url, people);
    const { statuses, seconds } = await crowd.send(requestsFor(eventId));
    crowd.close();
    const { byCategory } = await api.get(`/v1/events/${eventId}/breakdown`);
    const counted = byCategory as { byStatus: Record<string, number> }[];
    const confirmed = counted.reduce((sum, { byStatus }) => sum + (byStatus.confirmed ?? 0), 0);
    const errors5xx = statuses.filter((status) => status >= 500).length;
    rushes.push({ seconds, confirmed, others: people - confirmed - errors5xx, errors5xx });
  }
  return outcomeOf(rushes, places);
}

function outcomeOf(rushes: Rush[], places: number): Outcome {
  const of = (pick: (rush: Rush) => number): number[] => rushes.map(pick);
  const furthest = of(({ confirmed }) => confirmed).sort((a, b) => Math.abs(b - places) - Math.abs(a - places))[0];
  return {
    rows: [
      { what: 'from the first request to the last answer', unit: 's', values: of((each) => each.seconds), goal: '< 2' },
      { what: 'confirmed', unit: '', values: of((each) => each.confirmed), goal: `exactly ${places}` },
      { what: 'waitlisted or refused', unit: '', values: of((each) => each.others) },
      { what: 'answered 5xx', unit: '', values: of((each) => each.errors5xx), goal: '0' },
    ],
    notes: ['All connections are open when the first request is sent. Confirmed are those that the breakdown counts.'],
    figures: {
      seconds: medianOf(of((each) => each.seconds)),
      confirmed: furthest ?? NaN,
      others: medianOf(of((each) => each.others)),
      errors5xx: Math.max(...of((each) => each.errors5xx)),
    },
  };
}
