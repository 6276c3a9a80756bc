import { lastOfEach, registrationChanges } from './tally.rules';

const told = (
  eventId: string,
  status: 'confirmed' | 'checkedIn' | 'waitlisted',
  before?: 'confirmed' | 'waitlisted',
) => ({
  tenantId: 'tenant',
  data: {
    eventId,
    status,
    previous: before === undefined ? null : { status: before, category: 'buyer', economy: null, mode: 'inPerson' },
  },
});

describe('counting registrations', () => {
  it('moves a registration from the status it had to the one it has', () => {
    const messages = [told('a', 'confirmed'), told('a', 'confirmed'), told('a', 'checkedIn', 'confirmed')];
    expect(registrationChanges(messages)).toEqual([
      { tenantId: 'tenant', eventId: 'a', status: 'checkedIn', count: 1 },
      { tenantId: 'tenant', eventId: 'a', status: 'confirmed', count: 1 },
    ]);
  });

  it('leaves out what comes to nothing', () => {
    expect(registrationChanges([told('a', 'confirmed', 'confirmed')])).toEqual([]);
  });

  it('puts tallies in one order whatever the order of messages', () => {
    const one = registrationChanges([told('b', 'confirmed'), told('a', 'waitlisted')]);
    expect(registrationChanges([told('a', 'waitlisted'), told('b', 'confirmed')])).toEqual(one);
  });
});

describe('keeping the last message', () => {
  it('takes one of each, the latest', () => {
    const messages = [
      { id: 'x', at: 1 },
      { id: 'y', at: 2 },
      { id: 'x', at: 3 },
    ];
    expect(lastOfEach(messages, ({ id }) => id).map(({ at }) => at)).toEqual([3, 2]);
  });
});
