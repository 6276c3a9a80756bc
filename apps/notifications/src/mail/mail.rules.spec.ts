import { type PersonName } from '@expo-accord/values';
import { mailCausedBy, messageIdOf, nameFor, outcomeOfSmtpError, valuesOf } from './mail.rules';

const before = (status: 'pendingApproval' | 'waitlisted' | 'confirmed' | 'checkedIn' | 'cancelled') => ({
  status,
  category: 'buyer',
  economy: null,
  mode: 'inPerson',
});

describe('the mail that a registration causes', () => {
  const asked = { notify: true, historical: false, status: 'confirmed', previous: null } as const;

  it('is a confirmation when confirmed at once or after approval', () => {
    expect(mailCausedBy(asked)).toBe('registration-confirmed');
    expect(mailCausedBy({ ...asked, previous: before('pendingApproval') })).toBe('registration-confirmed');
  });

  it('tells who waits, who got a place at last, and who was turned down', () => {
    expect(mailCausedBy({ ...asked, status: 'waitlisted' })).toBe('registration-waitlisted');
    expect(mailCausedBy({ ...asked, previous: before('waitlisted') })).toBe('registration-promoted');
    expect(mailCausedBy({ ...asked, status: 'declined', previous: before('pendingApproval') })).toBe(
      'registration-declined',
    );
    expect(mailCausedBy({ ...asked, status: 'pendingApproval', previous: before('waitlisted') })).toBeNull();
  });

  it('is a cancellation when cancelled', () => {
    expect(mailCausedBy({ ...asked, status: 'cancelled', previous: before('confirmed') })).toBe(
      'registration-cancelled',
    );
    expect(mailCausedBy({ ...asked, status: 'cancelled', previous: before('cancelled') })).toBeNull();
  });

  it('is none for a correction that leaves the status, a check-in or one that is taken back', () => {
    expect(mailCausedBy({ ...asked, previous: before('confirmed') })).toBeNull();
    expect(mailCausedBy({ ...asked, status: 'checkedIn', previous: before('confirmed') })).toBeNull();
    expect(mailCausedBy({ ...asked, previous: before('checkedIn') })).toBeNull();
    expect(mailCausedBy({ ...asked, status: 'waitlisted', previous: before('waitlisted') })).toBeNull();
  });

  it('is none where nobody asked for mail, and never for history', () => {
    expect(mailCausedBy({ ...asked, notify: false })).toBeNull();
    expect(mailCausedBy({ ...asked, historical: true })).toBeNull();
  });
});

describe('what a mail says', () => {
  const name: PersonName = { texts: { ko: '김민수', zh: '金民洙' }, order: 'familyFirst', romanized: 'Kim Min-su' };

  it.each([
    ['ko', '김민수'],
    ['ko-KR', '김민수'],
    ['zh-Hant', '金民洙'],
    ['en', 'Kim Min-su'],
    ['ja', 'Kim Min-su'],
  ])('in %s the name is %s', (language, written) => {
    expect(nameFor(name, language)).toBe(written);
  });

  it('gives the local time with its zone and the event in the language', () => {
    const facts = {
      registrationId: 'r',
      name,
      eventNames: { original: 'zh', texts: { zh: '论坛', ko: '포럼' } },
      startsAt: { local: '2026-12-01T09:00', zone: 'Asia/Seoul' },
    };
    expect(valuesOf(facts, 'ko')).toEqual({
      registrationId: 'r',
      name: '김민수',
      eventName: '포럼',
      startsAt: '2026-12-01 09:00 (Asia/Seoul)',
    });
    expect(valuesOf({ ...facts, startsAt: null }, 'ja')).toMatchObject({ eventName: '论坛', startsAt: null });
  });
});

describe('what the mail server answers', () => {
  it.each([
    [{ code: 'EENVELOPE', responseCode: 550 }, 'failed', 'rejected'],
    [{ code: 'EENVELOPE', responseCode: 450 }, 'retry', 'smtp-error'],
    [{ code: 'EAUTH', responseCode: 535 }, 'retry', 'smtp-login-refused'],
    [{ code: 'ECONNECTION' }, 'retry', 'smtp-unreachable'],
  ])('%j: %s', (error, result, code) => {
    expect(outcomeOfSmtpError(error)).toMatchObject({ result, code });
  });
});

it('gives a mail one Message-ID for all its attempts', () => {
  expect(messageIdOf('0192', 'Expo <no-reply@expo.example>')).toBe('<0192@expo.example>');
});
