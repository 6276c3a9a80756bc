import { type Cause } from '@expo-accord/messaging';
import { type Admitted } from './admission.rules';
import { type Registration, type SignUp } from './registration';

/** A sign-up, and the request that brought it where that is not the one that is being answered. */
export interface ArrivingSignUp {
  readonly signUp: SignUp;
  readonly causedBy?: Cause | undefined;
}

/** What was decided, where the same transaction then gave whoever was to wait a place. */
export function withPlaces(admitted: Admitted, promoted: ReadonlyMap<string, Registration>): Admitted {
  const registration = admitted.outcome === 'refused' ? undefined : promoted.get(admitted.registration.id);
  if (registration === undefined) return admitted;
  return { outcome: admitted.outcome === 'updated' ? 'updated' : 'created', registration };
}

/** Which request each registration goes back to, by its id. */
export function causesOf(admitted: readonly Admitted[], arriving: readonly ArrivingSignUp[]): Map<string, Cause> {
  return new Map(
    admitted.flatMap((each, at): [string, Cause][] => {
      const causedBy = arriving[at]?.causedBy;
      return each.outcome === 'refused' || causedBy === undefined ? [] : [[each.registration.id, causedBy]];
    }),
  );
}
