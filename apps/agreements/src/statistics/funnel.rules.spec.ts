import { funnels, type ProjectCell } from './funnel.rules';

const cell = (given: Partial<ProjectCell>): ProjectCell => ({
  count: 1,
  status: 'signed',
  stalledFrom: null,
  eventId: null,
  group: 'automobiles',
  economies: ['CN', 'KR'],
  money: [],
  ...given,
});

describe('a funnel', () => {
  const cells = [
    cell({ count: 3, money: [{ qualifier: 'atLeast', lower: '10', currency: 'CNY' }] }),
    cell({ status: 'operating', money: [{ qualifier: 'exact', value: '5', currency: 'CNY' }] }),
    cell({ status: 'stalled', stalledFrom: 'registered' }),
    cell({ status: 'stalled' }),
    cell({ status: 'cancelled', group: null, economies: [] }),
  ];

  it('says of each stage how many stand there and how many have come so far, with their money and its doubt', () => {
    const [known] = funnels(cells, 'industry');
    expect(known?.key).toBe('automobiles');
    expect(known?.stages.map(({ stage, now, reached }) => [stage, now.count, reached.count])).toEqual([
      ['announced', 0, 5],
      ['signed', 3, 5],
      ['registered', 0, 2],
      ['underWay', 0, 1],
      ['operating', 1, 1],
    ]);
    expect(known?.stages[1]?.reached).toMatchObject({
      money: [{ qualifier: 'atLeast', lower: '15', currency: 'CNY' }],
      withoutMoney: 1,
    });
    expect(known?.stalled.count).toBe(2);
  });

  it('stands once for each economy, and once for what nobody knows', () => {
    expect(funnels(cells, 'economy').map(({ key }) => key)).toEqual(['CN', 'KR', 'unknown']);
    expect(funnels(cells, 'economy')[2]?.cancelled.count).toBe(1);
    expect(funnels(cells, 'event').map(({ key }) => key)).toEqual(['unknown']);
  });
});
