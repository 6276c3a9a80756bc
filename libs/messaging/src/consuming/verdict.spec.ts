import { contactTopic, deliveryTopic, seriesTopic, type TopicContract } from '@expo-accord/contracts';
import { type Place, type Reading } from './reading';
import { type KeyProgress, verdictOn } from './verdict';

const record = { topic: 't', partition: 0, offset: 0n, key: null, headers: {}, value: null };
const route = { kind: 'single', method: Symbol('method'), call: () => Promise.resolve() } as const;

const message = (epoch: number, sequence: number, topic: TopicContract = seriesTopic): Reading => ({
  kind: 'message',
  record,
  source: '/series/1',
  topic,
  place: { epoch, sequence },
  route,
  received: {} as never,
});
const tombstone = (place: Place): Reading => ({
  ...message(place.epoch, place.sequence, contactTopic),
  kind: 'tombstone',
  place,
  route: undefined,
  received: {} as never,
});
const ignored = (epoch: number, sequence: number): Reading => ({
  kind: 'ignored',
  record,
  source: '/series/1',
  topic: seriesTopic,
  place: { epoch, sequence },
  type: 'expo-accord.series.renamed.v1',
});
const poison: Reading = {
  kind: 'poison',
  record,
  source: '/series/1',
  topic: seriesTopic,
  place: { epoch: 1, sequence: 4 },
  reason: 'schema',
  detail: '/names required',
};
const at = (epoch: number, sequence: number, state: KeyProgress['state'] = 'flowing'): KeyProgress => ({
  epoch,
  sequence,
  state,
});

describe('what is done with a record', () => {
  it.each<[string, Reading, KeyProgress | undefined, string]>([
    ['handles the first of a source', message(1, 1), undefined, 'handle'],
    ['handles the next', message(1, 4), at(1, 3), 'handle'],
    ['skips what it has had', message(1, 3), at(1, 3), 'skip'],
    ['takes a number again in a later epoch', message(3, 2), at(2, 5), 'handle'],
    ['skips what is of an older epoch, whatever its number', message(1, 9), at(2, 3), 'skip'],
    ['handles a number given out again after a restore', message(2, 2), at(1, 3), 'handle'],
    ['moves on over a type that nobody takes', ignored(1, 4), at(1, 3), 'pass'],
    [
      'does not mistake what is missing from a compacted topic for a gap',
      message(1, 9, contactTopic),
      at(1, 3),
      'handle',
    ],
    ['takes a source up anywhere in a topic that forgets', message(1, 9, deliveryTopic), undefined, 'handle'],
    [
      'forgets what is parked when the aggregate ends',
      tombstone({ epoch: 1, sequence: 9 }),
      at(1, 3, 'parked'),
      'handle',
    ],
  ])('%s', (_name, reading, progress, expected) => {
    expect(verdictOn(reading, progress).do).toBe(expected);
  });

  it.each<[string, Reading, KeyProgress | undefined, string]>([
    ['a number is missing', message(1, 5), at(1, 3), 'gap'],
    ['a number is missing, in a later epoch', message(3, 7), at(2, 5), 'gap'],
    ['a number is missing before a type that nobody takes', ignored(1, 5), at(1, 3), 'gap'],
    ['the beginning of a topic that keeps everything is missing', message(1, 2), undefined, 'gap'],
    ['it cannot be read', poison, at(1, 3), 'schema'],
    ['one before it is parked', message(1, 5), at(1, 3, 'parked'), 'behind-parked'],
    ['one before it is being redriven', message(1, 5), at(1, 3, 'redriving'), 'behind-parked'],
  ])('parks it when %s', (_name, reading, progress, reason) => {
    expect(verdictOn(reading, progress)).toMatchObject({ do: 'park', reason });
  });

  it('moves on over what was dropped, but not past what is parked', () => {
    expect(verdictOn(message(1, 4), at(1, 3), true)).toEqual({ do: 'pass' });
    expect(verdictOn(message(1, 3), at(1, 3), true)).toEqual({ do: 'skip' });
    expect(verdictOn(message(1, 5), at(1, 3, 'parked'), true)).toMatchObject({ do: 'park', reason: 'behind-parked' });
  });

  it('skips a poison that it has parked and dropped before', () => {
    expect(verdictOn(poison, at(1, 4))).toEqual({ do: 'skip' });
  });
});
