import { noForms } from '../src/forms/form-book.rules';
import { InvitationLedger } from '../src/invitations/invitation.rules';
import { Admission, type Admitted, type AdmissionContext } from '../src/registrations/admission.rules';
import { type Registration, type SignUp } from '../src/registrations/registration';
import { QuotaLedger, type QuotaState } from '../src/tickets/quota.rules';
import { type CategoryTerms } from '../src/tickets/ticket-category.rules';
import { registration, signUp } from './sign-up.builder';

export const quota = (name: string, places: number, taken = 0): QuotaState => ({ name, places, taken });
export const terms = (changes: Partial<CategoryTerms> = {}): CategoryTerms => ({
  requiresApproval: false,
  waitlist: false,
  requiresInvitation: false,
  ...changes,
});
export const ref = (id: string): Pick<SignUp, 'externalRefs'> => ({ externalRefs: [{ system: 'expo-a', id }] });
export const person = (email: string): Partial<SignUp> => ({ person: { ...signUp().person, email } });

/** What decides sign-ups; each spec says only what it is about. */
export function admission(
  changes: Partial<AdmissionContext> & { quotas?: QuotaState[] } = {},
  existing: readonly Registration[] = [],
): Admission {
  let count = 0;
  return new Admission(
    {
      tenantId: 'tenant',
      event: { id: 'event', synthetic: false, sessionIds: ['opening'] },
      closed: null,
      forms: noForms,
      invitations: new InvitationLedger([]),
      categories: new Map([
        ['buyer', terms()],
        ['visitor', terms()],
      ]),
      ledger: new QuotaLedger(changes.quotas ?? []),
      onExisting: 'refuse',
      now: new Date('2026-03-01T00:00:00Z'),
      newId: () => `new-${String((count += 1))}`,
      fingerprintOf: (asked) => asked.person.email,
      isErased: () => false,
      ...changes,
    },
    existing,
  );
}

export const existing = (changes: Partial<Registration> = {}): Registration =>
  registration({ ...ref('77'), id: 'old', version: 4, ...changes });

export const codeOf = (admitted: Admitted): string =>
  admitted.outcome === 'refused' ? admitted.refusal.code : admitted.outcome;
