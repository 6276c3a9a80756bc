import { decideOnExisting, joinRefs, type Stated } from './project-import.rules';

const stated: Stated = {
  status: 'announced',
  eventId: null,
  content: { names: { original: 'en', texts: { en: 'Battery plant' } } },
  externalRefs: [{ system: 'park', id: '1' }],
};
const current = { ...stated, stalledFrom: null };

describe('a line whose project is there already', () => {
  it('is skipped or refused when asked to, whatever it says', () => {
    const line = { ...stated, content: {} };
    expect(decideOnExisting('skip', current, line, false).outcome).toBe('skipped');
    expect(decideOnExisting('refuse', current, line, false)).toMatchObject({
      outcome: 'refused',
      code: 'project-exists',
    });
  });

  it('changes nothing when it says the same in another order of fields', () => {
    const one = { ...current, content: { a: 1, b: { c: 2, d: 3 } } };
    const other = { ...stated, content: { b: { d: 3, c: 2 }, a: 1 } };
    expect(decideOnExisting('update', one, other, false).outcome).toBe('unchanged');
  });

  it('takes the next step when only the status moved on', () => {
    const line: Stated = { ...stated, status: 'signed' };
    expect(decideOnExisting('update', current, line, false)).toEqual({ outcome: 'updated', action: 'sign' });
  });

  it('is a correction when facts moved', () => {
    const line: Stated = { ...stated, eventId: 'another' };
    expect(decideOnExisting('update', current, line, false)).toEqual({ outcome: 'updated', action: null });
  });

  it('may not jump over steps, unless it is history', () => {
    const line: Stated = { ...stated, status: 'operating' };
    expect(decideOnExisting('update', current, line, false)).toMatchObject({ code: 'action-not-allowed' });
    expect(decideOnExisting('update', current, line, true)).toEqual({ outcome: 'updated', action: null });
  });
});

it('keeps the codes known before those that are new', () => {
  const known = [{ system: 'park', id: '1' }];
  expect(joinRefs(known, [{ system: 'city', id: '9' }, ...known])).toEqual([...known, { system: 'city', id: '9' }]);
});
