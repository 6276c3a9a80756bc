import { QuotaLedger } from '../tickets/quota.rules';
import { promotable, type Waiting } from './waitlist.rules';

const waiting = (id: string, changes: Partial<Waiting> = {}): Waiting => ({
  id,
  category: 'buyer',
  economy: null,
  sessionIds: [],
  delegationId: null,
  ...changes,
});

const places = (free: Record<string, number>): QuotaLedger =>
  new QuotaLedger(Object.entries(free).map(([name, count]) => ({ name, places: count, taken: 0 })));

describe('places that are free', () => {
  it('go to those who have waited longest', () => {
    expect(promotable([waiting('1'), waiting('2'), waiting('3')], places({ buyer: 2 }))).toEqual(['1', '2']);
  });

  it('go to who fits in all quotas, past the one that still waits for another', () => {
    const queue = [waiting('1', { sessionIds: ['banquet'] }), waiting('2', { category: 'press' }), waiting('3')];
    expect(promotable(queue, places({ event: 2, banquet: 0 }))).toEqual(['2', '3']);
  });

  it('go to a delegation as a whole, in the turn of its oldest member', () => {
    const queue = [
      waiting('1', { delegationId: 'one' }),
      waiting('2'),
      waiting('3', { delegationId: 'one', category: 'press' }),
    ];
    expect(promotable(queue, places({ event: 2 }))).toEqual(['1', '3']);
  });

  it('do not go to a part of a delegation, and are not kept for it', () => {
    const queue = [
      waiting('1', { delegationId: 'one' }),
      waiting('2', { delegationId: 'one' }),
      waiting('3'),
      waiting('4', { delegationId: 'two' }),
    ];
    expect(promotable(queue, places({ buyer: 1 }))).toEqual(['3']);
    expect(promotable(queue, places({ event: 3, buyer: 4 }))).toEqual(['1', '2', '3']);
  });
});
