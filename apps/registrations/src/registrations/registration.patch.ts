import { type Caller, invalid, invalidField, mergePatch, requireScope, validated } from '@expo-accord/http';
import { type Registration } from './registration';
import { SignUpBody } from './registration.dto';
import { bodyOf, problemsTogether } from './registration.mapping';

/** What a registration would have been signed up with, had the patch been known then. Only history has its status patched. */
export function correctedBody(caller: Caller, found: Registration, patch: unknown): SignUpBody {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw invalidField('', 'is-object', 'A merge patch is a JSON object.');
  }
  if ('historical' in patch && patch.historical !== found.historical) {
    throw invalidField('/historical', 'not-changeable', 'Whether a registration is historical cannot change.');
  }
  if (found.historical && ('status' in patch || 'registeredOn' in patch)) requireScope(caller, 'history:write');
  const { status, registeredOn, ...current } = bodyOf(found);
  const body = validated(
    SignUpBody,
    mergePatch(found.historical ? { ...current, status, registeredOn } : current, patch),
  );
  const problems = problemsTogether(body);
  if (problems.length > 0) throw invalid(problems);
  return body;
}
