import { within, type Problem } from '@expo-accord/values';
import { type Admitted } from '../registrations/admission.rules';
import { type Refusal } from '../registrations/refusal';
import { type Registration, type SignUp } from '../registrations/registration';
import { isOver } from '../registrations/registration.rules';

/** A sign-up for a delegation, and where in the request it stands. */
export interface MemberSignUp {
  readonly pointer: string;
  readonly signUp: SignUp;
}

/** A member is of the delegation's side, said or unsaid. */
export function ofSide(economy: string | null, { pointer, signUp }: MemberSignUp): MemberSignUp {
  return { pointer, signUp: { ...signUp, economy: signUp.economy ?? economy } };
}

export function problemsOfSide(economy: string | null, members: readonly MemberSignUp[]): Problem[] {
  if (economy === null) return [];
  return members
    .filter(({ signUp }) => signUp.economy !== null && signUp.economy !== economy)
    .map(({ pointer }) => ({
      pointer: `${pointer}/economy`,
      code: 'other-side',
      detail: 'A member of a delegation is of its side.',
    }));
}

/** How many places a delegation has left for new members; those who came to nothing count no more. */
export function placesLeft(places: number | null, members: readonly Pick<Registration, 'status'>[]): number {
  return places === null ? Infinity : places - members.filter(({ status }) => !isOver(status)).length;
}

/** What is wrong with fields of the members, with pointers into the request. */
export function problemsOf(members: readonly MemberSignUp[], admitted: readonly Admitted[]): Problem[] {
  return refusalsOf(members, admitted).flatMap(({ pointer, refusal }) => within(pointer, refusal.errors ?? []));
}

export function refusalsOf(
  members: readonly MemberSignUp[],
  admitted: readonly Admitted[],
): { pointer: string; refusal: Refusal }[] {
  return admitted.flatMap((each, index) =>
    each.outcome === 'refused' ? [{ pointer: members[index]?.pointer ?? '', refusal: each.refusal }] : [],
  );
}
