import { registrationTopic } from '@expo-accord/contracts';
import { checkConsumers } from './check-consumers';
import { checkEffects } from './check-effects';
import { type ConsumerState, type Row, type Said } from './history';
import { again, aMessage } from './said.builder';

const eventId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b';
const before = { status: 'confirmed', category: 'buyer', economy: 'KR', mode: 'inPerson' } as const;

function counted(counts: Record<string, number>): Record<string, Row[]> {
  const rows = Object.entries(counts).map(([status, count]) => ({
    tenant_id: 'tenant',
    event_id: eventId,
    status,
    count,
  }));
  return { 'events.counted_registrations': rows };
}

describe('the check of effects', () => {
  const first = aMessage('one', 1);
  const said = [
    first,
    aMessage('two', 1),
    again(first),
    aMessage('two', 2, { status: 'cancelled', previous: before }),
    aMessage('three', 1, { status: 'waitlisted' }),
  ];
  const about = `events.counted_registrations tenant ${eventId} confirmed`;

  it('finds nothing where a counter has counted each message once', () => {
    expect(checkEffects(said, [], counted({ confirmed: 1, cancelled: 1, waitlisted: 1 }))).toEqual([]);
  });

  it('finds a double effect: a repeated message that was counted again', () => {
    expect(checkEffects(said, [], counted({ confirmed: 2, cancelled: 1, waitlisted: 1 }))).toEqual([
      { kind: 'difference', about, detail: 'count is 2, and follows as 1' },
    ]);
  });

  it('finds an effect that is missing, and one that follows from nothing', () => {
    expect(checkEffects(said, [], counted({ cancelled: 1, waitlisted: 1 }))).toMatchObject([{ kind: 'loss', about }]);
    const more = counted({ confirmed: 1, cancelled: 1, waitlisted: 1, checkedIn: 1 });
    expect(checkEffects(said, [], more)).toMatchObject([{ kind: 'difference' }]);
  });

  it('finds a mail that was planned twice, and one too few', () => {
    const asked = [aMessage('one', 1, { notify: true })];
    const mail = { cause_id: 'one-1', template_id: 'registration-confirmed' };
    const effects = (mails: Row[]): Record<string, Row[]> => ({
      ...counted({ confirmed: 1 }),
      'notifications.mail': mails,
    });
    expect(checkEffects(asked, [], effects([mail]))).toEqual([]);
    expect(checkEffects(asked, [], effects([mail, mail]))).toEqual([
      { kind: 'double', about: 'notifications.mail one-1 registration-confirmed', detail: 'is there 2 times' },
    ]);
    expect(checkEffects(asked, [], effects([]))).toMatchObject([{ kind: 'loss' }]);
  });
});

describe('the check of consumers', () => {
  const said = [aMessage('one', 1), aMessage('one', 2)];
  const consumer = (name: string, sequence: number, next: number, parked: string[] = []): ConsumerState => ({
    consumer: name,
    cursors: [{ source: '/registrations/one', epoch: 1, sequence, state: 'flowing' }],
    positions: [{ topic: registrationTopic.name, partition: 0, next }],
    parked,
  });
  const end = (said.at(-1) as Said).offset + 1;
  const mails = consumer('notifications.registrations', 2, end);

  it('finds nothing where all was read to the end', () => {
    expect(checkConsumers(said, [consumer('events.statistics', 2, end), mails])).toEqual([]);
  });

  it('finds one that has skipped an aggregate, and one that has not read its partition to the end', () => {
    expect(checkConsumers(said, [consumer('events.statistics', 1, end), mails])).toEqual([
      {
        kind: 'loss',
        about: '/registrations/one',
        detail: 'events.statistics has taken it to 1, and the topic tells of it to 2',
      },
    ]);
    expect(checkConsumers(said, [consumer('events.statistics', 2, end - 1), mails])).toMatchObject([
      { kind: 'stuck', about: 'events.statistics' },
    ]);
  });

  it('finds one that has never begun, and one that has parked something', () => {
    expect(checkConsumers(said, [mails])).toMatchObject([{ kind: 'loss' }, { kind: 'stuck' }]);
    const parked = consumer('events.statistics', 2, end, ['/registrations/one']);
    expect(checkConsumers(said, [parked, mails])).toEqual([
      { kind: 'loss', about: '/registrations/one', detail: 'is parked by events.statistics' },
    ]);
  });
});
