import { consumers } from '@expo-accord/contracts';
import { refusal } from './replay.rules';

describe('a replay since a time', () => {
  it('is refused where people would be told twice, where it would be counted twice, and of a consumer nobody knows', () => {
    expect(refusal('notifications.webhooks', false)).toContain('would go out again');
    expect(refusal('notifications.registrations', false)).toContain('would go out again');
    expect(refusal('events.statistics', false)).toContain('count twice');
    expect(refusal('events.nobody', false)).toContain('There is no consumer');
  });

  it('is done where only copies are kept', () => {
    expect(consumers.map(({ name }) => name).filter((name) => refusal(name, false) === null)).toEqual([
      'registrations.events',
      'agreements.events',
      'agreements.fulfilment',
      'notifications.contacts',
      'notifications.events',
    ]);
  });
});

describe('a replay into a fresh read model', () => {
  it('is not refused before the service was asked, but of a consumer nobody knows', () => {
    expect(consumers.filter(({ name }) => refusal(name, true) !== null)).toEqual([]);
    expect(refusal('events.nobody', true)).toContain('There is no consumer');
  });
});
