import { type Quantity } from '@expo-accord/values';
import { type Counted, less, type Reported, statisticsRows } from './statistics.rules';

const nothing: Counted = { registrations: new Map(), projects: 0n, investments: [], agreements: 0n };
const projects = (value: string): Quantity => ({ qualifier: 'exact', value, unit: 'project' });
const reported = (metric: string, quantity: Quantity): Reported => ({ metric, quantity, figure: { figureId: 'f' } });
const row = (counted: Counted, told: Reported[], metric: string) =>
  statisticsRows(counted, told).filter((each) => each.metric === metric);

describe('rows of statistics', () => {
  it('never add what was reported to what was counted', () => {
    const [shown] = row({ ...nothing, projects: 3n }, [reported('projects', projects('191'))], 'projects');
    expect(shown?.computed).toMatchObject({ qualifier: 'exact', value: '3' });
    expect(shown?.reported).toMatchObject([{ value: '191', itemised: '3', notItemised: { value: '188' } }]);
  });

  it('say null, not nought, where nothing was counted', () => {
    expect(row(nothing, [reported('projects', projects('191'))], 'projects')[0]?.computed).toBeNull();
  });

  it('count confirmed, checked-in and absent as registered, but not who waits', () => {
    const registrations = new Map(
      Object.entries({ confirmed: 2n, checkedIn: 3n, noShow: 4n, waitlisted: 50n, pendingApproval: 60n }),
    );
    expect(row({ ...nothing, registrations }, [], 'registered')[0]?.computed).toMatchObject({ value: '9' });
    expect(row({ ...nothing, registrations }, [], 'checkedIn')[0]?.computed).toMatchObject({ value: '3' });
  });

  it('keep currencies apart, and carry the weakest qualifier within one', () => {
    const investments: Quantity[] = [
      { qualifier: 'exact', value: '0.1', currency: 'CNY' },
      { qualifier: 'approx', value: '0.2', currency: 'CNY' },
      { qualifier: 'exact', value: '7', currency: 'USD' },
    ];
    const rows = row({ ...nothing, investments }, [], 'investment');
    expect(rows.map(({ currency, computed }) => [currency, computed])).toEqual([
      ['CNY', { qualifier: 'approx', value: '0.3', currency: 'CNY', basis: 'projects' }],
      ['USD', { qualifier: 'exact', value: '7', currency: 'USD', basis: 'projects' }],
    ]);
  });

  it('set a reported amount beside the computed one of the same currency only', () => {
    const investments: Quantity[] = [{ qualifier: 'exact', value: '7', currency: 'USD' }];
    const told = reported('investment', { qualifier: 'approx', value: '270000000000', currency: 'CNY' });
    const rows = row({ ...nothing, investments }, [told], 'investment');
    expect(
      rows.map(({ currency, computed, reported: beside }) => [currency, computed === null, beside.length]),
    ).toEqual([
      ['CNY', true, 1],
      ['USD', false, 0],
    ]);
  });
});

describe('what is not itemised', () => {
  it('keeps the qualifier of what was reported', () => {
    const bound: Quantity = { qualifier: 'moreThan', lower: '100', inclusive: false, unit: 'project' };
    expect(less(bound, 3n)).toEqual({ qualifier: 'moreThan', lower: '97', inclusive: false, unit: 'project' });
  });

  it('is unknown when more are known than were reported', () => {
    expect(less(projects('2'), 3n)).toBeNull();
  });
});
