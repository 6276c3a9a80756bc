import { actionBetween } from '../projects/project.rules';
import { decideOnExisting, joinRefs, type Stated } from './import.rules';
import { type OnExisting } from './import.entity';

const stated = {
  status: 'announced' as const,
  eventId: null,
  content: { names: { original: 'en', texts: { en: 'Battery plant' } } },
  externalRefs: [{ system: 'park', id: '1' }],
};

function decide(onExisting: OnExisting, line: Stated, current: Stated = stated, mayJump = false): unknown {
  const life = { stalledFrom: null };
  const step = () => (mayJump ? null : actionBetween('announced', line.status as 'signed' | 'operating', life));
  return decideOnExisting('project', onExisting, current, line, step);
}

describe('a line whose resource is there already', () => {
  it('is skipped or refused when asked to, whatever it says', () => {
    const line = { ...stated, content: {} };
    expect(decide('skip', line)).toEqual({ outcome: 'skipped' });
    expect(decide('refuse', line)).toMatchObject({ outcome: 'refused', code: 'project-exists' });
  });

  it('changes nothing when it says the same in another order of fields', () => {
    const one = { ...stated, content: { a: 1, b: { c: 2, d: 3 } } };
    const other = { ...stated, content: { b: { d: 3, c: 2 }, a: 1 } };
    expect(decide('update', other, one)).toEqual({ outcome: 'unchanged' });
  });

  it('takes the next step when only the status moved on', () => {
    const line = { ...stated, status: 'signed' };
    expect(decide('update', line)).toEqual({ outcome: 'updated', corrects: false, action: 'sign' });
  });

  it('is a correction when facts moved', () => {
    const line = { ...stated, eventId: 'another' };
    expect(decide('update', line)).toEqual({ outcome: 'updated', corrects: true, action: null });
  });

  it('may not jump over steps, unless it may take none', () => {
    const line = { ...stated, status: 'operating' };
    expect(decide('update', line)).toMatchObject({ code: 'action-not-allowed' });
    expect(decide('update', line, stated, true)).toEqual({ outcome: 'updated', corrects: false, action: null });
  });
});

it('keeps the codes known before those that are new', () => {
  const known = [{ system: 'park', id: '1' }];
  expect(joinRefs(known, [{ system: 'city', id: '9' }, ...known])).toEqual([...known, { system: 'city', id: '9' }]);
});
