import { consumers } from '@expo-accord/contracts';
import { refusal } from './replay.rules';

describe('a replay', () => {
  it('is refused where people would be told twice, where it would be counted twice, and of a consumer nobody knows', () => {
    expect(refusal('notifications.webhooks')).toContain('would go out again');
    expect(refusal('notifications.registrations')).toContain('would go out again');
    expect(refusal('events.statistics')).toContain('count twice');
    expect(refusal('events.nobody')).toContain('There is no consumer');
  });

  it('is done where only copies are kept', () => {
    expect(consumers.map(({ name }) => name).filter((name) => refusal(name) === null)).toEqual([
      'registrations.events',
      'agreements.events',
      'notifications.contacts',
      'notifications.events',
    ]);
  });
});
