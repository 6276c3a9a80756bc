import { signUp } from '../../test/sign-up.builder';
import { type MemberSignUp, ofSide, placesLeft, problemsOf, problemsOfSide } from './delegation.rules';

const member = (economy: string | null): MemberSignUp => ({ pointer: '/members/0', signUp: signUp({ economy }) });

describe('a member of a delegation', () => {
  it('is of its side, whether that is said or not', () => {
    expect(ofSide('KR', member(null)).signUp.economy).toBe('KR');
    expect(ofSide(null, member('JP')).signUp.economy).toBe('JP');
  });

  it('is of no other side', () => {
    expect(problemsOfSide('KR', [member('KR'), member(null)])).toEqual([]);
    expect(problemsOfSide('KR', [member('JP')])).toMatchObject([{ pointer: '/members/0/economy', code: 'other-side' }]);
    expect(problemsOfSide(null, [member('JP'), member('KR')])).toEqual([]);
  });

  it('takes a place of the delegation until it is cancelled or declined', () => {
    const members = (['confirmed', 'waitlisted', 'cancelled', 'declined'] as const).map((status) => ({ status }));
    expect(placesLeft(3, members)).toBe(1);
    expect(placesLeft(null, members)).toBe(Infinity);
  });

  it('is told what is wrong where it stands in the request', () => {
    const errors = [{ pointer: '/category', code: 'category-unknown', detail: '' }];
    const refusal = { code: 'category-unknown', detail: '', errors };
    expect(problemsOf([member('KR')], [{ outcome: 'refused', refusal }])).toMatchObject([
      { pointer: '/members/0/category' },
    ]);
  });
});
