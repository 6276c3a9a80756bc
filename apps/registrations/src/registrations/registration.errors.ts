import { conflict, invalidField, type Problem } from '@expo-accord/http';
import { type Refusal } from './admission.rules';

/** How a refusal of the rules is told over HTTP. */
export function problemOf({ code, detail, quota, registrationId }: Refusal): Problem {
  if (code === 'category-unknown') return invalidField('/category', code, detail);
  return conflict(code, detail, { ...(quota && { quota }), ...(registrationId && { registrationId }) });
}
