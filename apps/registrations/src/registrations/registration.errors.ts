import { conflict, invalid, type Problem } from '@expo-accord/http';
import { type Refusal } from './admission.rules';

/** How a refusal of the rules is told over HTTP. */
export function problemOf({ code, detail, quota, waitlist, registrationId, errors }: Refusal): Problem {
  if (errors !== undefined) return invalid([...errors]);
  return conflict(code, detail, {
    ...(quota !== undefined && { quota, waitlist }),
    ...(registrationId && { registrationId }),
  });
}
