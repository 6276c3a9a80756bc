import { admission, codeOf, existing, person, quota, terms } from '../../test/admission.builder';
import { signUp } from '../../test/sign-up.builder';
import { type Registration, type SignUp } from '../registrations/registration';
import { type QuotaState } from '../tickets/quota.rules';
import { type InvitationCodeState, InvitationLedger } from './invitation.rules';

describe('an invitation', () => {
  const code = (changes: Partial<InvitationCodeState> = {}): InvitationCodeState => ({
    hash: 'code',
    category: null,
    usesLeft: 1,
    isExpired: false,
    isRevoked: false,
    ...changes,
  });
  const invited = (codes: InvitationCodeState[], quotas: QuotaState[] = [], known: Registration[] = []) => {
    const invitations = new InvitationLedger(codes);
    const categories = new Map([
      ['buyer', terms({ requiresInvitation: true })],
      ['visitor', terms()],
    ]);
    return { invitations, batch: admission({ invitations, categories, quotas, onExisting: 'update' }, known) };
  };
  const guest = (email: string, changes: Partial<SignUp> = {}): SignUp =>
    signUp({ ...person(email), invitation: 'code', ...changes });

  it('is asked for by a category, history aside, and lets in as many as it was made for', () => {
    const { batch, invitations } = invited([code({ usesLeft: 2 })]);
    expect(batch.admit(signUp(person('a')))).toMatchObject({
      refusal: { code: 'invitation-required', errors: [{ pointer: '/invitationCode' }] },
    });
    expect(codeOf(batch.admit(signUp({ ...person('h'), historical: true })))).toBe('created');
    expect(['a', 'b', 'c'].map((email) => codeOf(batch.admit(guest(email))))).toEqual([
      'created',
      'created',
      'invitation-used',
    ]);
    expect(invitations.spent.map(({ registrationId }) => registrationId)).toEqual(['new-2', 'new-3']);
  });

  it.each([
    ['invitation-unknown', { hash: 'other' }],
    ['invitation-expired', { isExpired: true }],
    ['invitation-revoked', { isRevoked: true }],
    ['invitation-used', { usesLeft: 0 }],
    ['invitation-of-other-category', { category: 'press' }],
  ])('is refused as %s', (expected, changes) => {
    const { batch, invitations } = invited([code(changes)]);
    expect(codeOf(batch.admit(guest('a')))).toBe(expected);
    // Also where nobody asked for one: whoever names it means it.
    expect(codeOf(batch.admit(guest('b', { category: 'visitor' })))).toBe(expected);
    expect(invitations.spent).toEqual([]);
  });

  it('is not spent by who finds no place, nor by who is there already', () => {
    const { batch, invitations } = invited([code()], [quota('buyer', 1, 1)], [existing({ category: 'buyer' })]);
    expect(codeOf(batch.admit(guest('minsu@example.org')))).toBe('skipped');
    expect(codeOf(batch.admit(guest('minsu@example.org', { mode: 'online' })))).toBe('updated');
    expect(codeOf(batch.admit(guest('a', { economy: 'JP' })))).toBe('quota-full');
    expect(invitations.spent).toEqual([]);
  });

  it('is asked for as well by who moves to the category, and not by who stays in it', () => {
    const { batch, invitations } = invited([code()], [], [existing({ category: 'visitor' })]);
    expect(codeOf(batch.admit(signUp()))).toBe('invitation-required');
    expect(codeOf(batch.admit(guest('minsu@example.org')))).toBe('updated');
    expect(codeOf(batch.admit(signUp({ mode: 'online' })))).toBe('updated');
    expect(invitations.spent).toEqual([{ hash: 'code', registrationId: 'old' }]);
  });
});
