import { type Problem } from '@expo-accord/values';
import { type Registration } from './registration';

/** A sign-up that is not accepted: `code` is stable, `detail` is for a person and repeats nothing personal. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly quota?: string;
  /** With `quota`: whether a new sign-up would wait for a place. */
  readonly waitlist?: boolean;
  readonly registrationId?: string;
  /** Fields that are wrong by themselves, rather than at odds with what there is. */
  readonly errors?: readonly Problem[];
}

export interface Refused {
  readonly outcome: 'refused';
  readonly refusal: Refusal;
}

export const refused = (code: string, detail: string, rest: Partial<Refusal> = {}): Refused => ({
  outcome: 'refused',
  refusal: { code, detail, ...rest },
});

export const wrongField = (pointer: string, code: string, detail: string): Refused =>
  refused(code, detail, { errors: [{ pointer, code, detail }] });

export function alreadyRegistered({ id }: Pick<Registration, 'id'>): Refused {
  return refused('already-registered', 'This person or external reference is already registered.', {
    registrationId: id,
  });
}
