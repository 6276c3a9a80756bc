import { checkLine } from './line-check';

const line = (changes: object = {}): string =>
  JSON.stringify({
    externalRefs: [{ system: 'expo-a', id: '1' }],
    category: 'buyer',
    person: { name: { texts: { ko: '김민수' }, order: 'familyFirst' }, email: 'minsu@example.org' },
    ...changes,
  });
const live = { historical: false, notify: false };
const history = { historical: true, notify: false };

describe('a line of an import', () => {
  it('is read as a sign-up, with its references', () => {
    expect(checkLine(line(), live)).toMatchObject({
      code: null,
      externalRefs: [{ system: 'expo-a', id: '1' }],
      signUp: { category: 'buyer', mode: 'inPerson', status: 'confirmed' },
    });
  });

  it('is refused alone when it is too long or no JSON', () => {
    expect([checkLine(null, live), checkLine('{"a":', live)].map(({ code }) => code)).toEqual([
      'line-too-long',
      'json-malformed',
    ]);
    expect(checkLine('[1]', live).code).toBe('invalid');
  });

  it('is refused when it is nested deeper than can be stored or even read', () => {
    const nested = (levels: number): string =>
      line({ answers: { a: '?' } }).replace('"?"', '['.repeat(levels) + ']'.repeat(levels));
    expect(checkLine(nested(40), live).errors).toMatchObject([{ pointer: '/answers', code: 'too-deep' }]);
    expect(checkLine(nested(30_000), live)).toMatchObject({ code: 'invalid', errors: [{ code: 'too-deep' }] });
  });

  it('names the field that is wrong or unknown, never its value', () => {
    const { errors, externalRefs } = checkLine(
      line({ person: { name: { texts: {}, order: 'familyFirst' }, email: 'minsu at home' }, shoeSize: 43 }),
      live,
    );
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/person/email', '/person/name/texts', '/shoeSize']);
    expect(JSON.stringify(errors)).not.toContain('minsu at home');
    expect(externalRefs).toEqual([{ system: 'expo-a', id: '1' }]);
  });

  it('may set a final status in a historical import only', () => {
    expect(checkLine(line({ status: 'checkedIn' }), history).signUp).toMatchObject({
      status: 'checkedIn',
      historical: true,
    });
    expect(checkLine(line({ status: 'checkedIn' }), live).errors).toMatchObject([{ pointer: '/status' }]);
    expect(checkLine(line({ historical: true }), live).errors).toMatchObject([{ pointer: '/historical' }]);
  });

  it('gets mail only where the import asks for it and the line does not decline', () => {
    expect(checkLine(line({ notify: 'changes' }), live).signUp?.notify).toBe(false);
    expect(checkLine(line(), { ...live, notify: true }).signUp?.notify).toBe(true);
    expect(checkLine(line({ notify: 'none' }), { ...live, notify: true }).signUp?.notify).toBe(false);
  });

  it('leaves to who is registered whether they get mail, where it does not say', () => {
    const keeps = (changes: object, notify: boolean): unknown =>
      checkLine(line(changes), { ...live, notify }).signUp?.keepsNotify ?? false;
    expect([keeps({}, false), keeps({}, true), keeps({ notify: null }, true)]).toEqual([true, true, true]);
    expect([keeps({ notify: 'none' }, false), keeps({ notify: 'changes' }, true)]).toEqual([false, false]);
    // The import writes to nobody anew, whatever its lines ask for.
    expect(keeps({ notify: 'changes' }, false)).toBe(true);
  });

  it('is refused when it holds the one character that cannot be stored', () => {
    expect(checkLine(line({ answers: { a: '\0' } }), live).errors).toMatchObject([
      { pointer: '/answers/a', code: 'text-unstorable' },
    ]);
  });
});
