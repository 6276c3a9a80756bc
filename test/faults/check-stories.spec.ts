import { checkImports } from './check-imports';
import { checkStories } from './check-stories';
import { type Kept, type Step, type Story } from './history';
import { aMessage } from './said.builder';

const step = (status: string | null, isAnswered = true): Step => ({ status, isAnswered });
const confirmed = aMessage('one', 1);
const checkedIn = aMessage('one', 2, { status: 'checkedIn' });
const kept: Kept = { kind: 'registration', marker: 'm-1', id: 'one' };

function story(...steps: Step[]): Story {
  return { kind: 'registration', marker: 'm-1', id: steps[0]?.isAnswered === true ? 'one' : null, steps };
}

describe('the check of what was answered', () => {
  it('finds nothing where all of it has happened', () => {
    const whole = story(step('confirmed'), step('checkedIn'));
    expect(checkStories([whole], [kept], [confirmed, checkedIn])).toEqual([]);
  });

  it('lets what was not answered have happened or not', () => {
    const half = story(step('confirmed'), step('checkedIn', false));
    expect(checkStories([half], [kept], [confirmed, checkedIn])).toEqual([]);
    expect(checkStories([half], [kept], [confirmed])).toEqual([]);
    const unheard = story(step('confirmed', false));
    expect(checkStories([unheard], [kept], [confirmed])).toEqual([]);
    expect(checkStories([unheard], [], [])).toEqual([]);
  });

  it('finds what was acknowledged and is not there, or was never told', () => {
    expect(checkStories([story(step('confirmed'))], [], [])).toEqual([
      { kind: 'loss', about: '/registrations/one', detail: 'was acknowledged and is not there' },
    ]);
    expect(checkStories([story(step('confirmed'), step('checkedIn'))], [kept], [confirmed])).toMatchObject([
      { kind: 'loss', about: '/registrations/one' },
    ]);
  });

  it('finds what a retry has made twice', () => {
    const twice = [kept, { ...kept, id: 'two' }];
    expect(checkStories([story(step('confirmed'))], twice, [confirmed])).toMatchObject([
      { kind: 'double', about: '/registrations/one', detail: 'was asked for once and is there as one and two' },
    ]);
    const stepTwice = [confirmed, checkedIn, { ...checkedIn, id: 'one-3', sequence: 3 }];
    expect(checkStories([story(step('confirmed'), step('checkedIn'))], [kept], stepTwice)).toMatchObject([
      { kind: 'double', about: '/registrations/one' },
    ]);
  });

  it('finds steps in another order, another id, and what nobody asked for', () => {
    const whole = story(step('confirmed'), step('checkedIn'));
    expect(checkStories([whole], [kept], [checkedIn, confirmed])).toMatchObject([{ kind: 'reordering' }]);
    expect(checkStories([story(step('confirmed'))], [{ ...kept, id: 'two' }], [aMessage('two', 1)])).toMatchObject([
      { kind: 'difference' },
    ]);
    expect(checkStories([], [kept], [confirmed])).toMatchObject([{ kind: 'difference', about: '/registrations/one' }]);
  });
});

describe('the check of imports', () => {
  const lines = ['m-2-0', 'm-2-1'];

  it('finds nothing where each line has made one registration, and lets an unanswered one have made none', () => {
    expect(checkImports([{ id: 'import', lines }], new Map(lines.map((line) => [line, 1])))).toEqual([]);
    expect(checkImports([{ id: null, lines }], new Map())).toEqual([]);
  });

  it('finds a lost line, a line that was taken twice, and one that nobody sent', () => {
    expect(checkImports([{ id: 'import', lines }], new Map([['m-2-0', 1]]))).toEqual([
      { kind: 'loss', about: '/imports/import m-2-1', detail: 'was acknowledged, and made none' },
    ]);
    const counts = new Map([
      ['m-2-0', 2],
      ['m-2-9', 1],
    ]);
    expect(checkImports([{ id: null, lines }], counts)).toMatchObject([{ kind: 'double' }, { kind: 'difference' }]);
  });
});
