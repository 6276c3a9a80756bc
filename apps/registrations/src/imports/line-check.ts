import { checkBody, type FieldProblem } from '@expo-accord/http';
import { ExternalRef, fits } from '@expo-accord/values';
import { personErased } from '../registrations/admission.rules';
import { type SignUp } from '../registrations/registration';
import { OrganizationBody, PersonBody, SignUpBody } from '../registrations/registration.dto';
import { personOf, problemsTogether, signUpOf } from '../registrations/registration.mapping';
import { type Line } from './uploaded-lines';

/** What a line asks for, or what is wrong with it. The references come back with the result either way. */
export interface CheckedLine {
  readonly externalRefs: readonly ExternalRef[];
  readonly signUp: SignUp | null;
  readonly code: string | null;
  readonly errors: readonly FieldProblem[];
}

const unreadable = (code: string): CheckedLine => ({ externalRefs: [], signUp: null, code, errors: [] });

/** The job decides whether lines are history, and whether anybody is written to at all. */
export function checkLine(line: Line, job: { historical: boolean; notify: boolean }): CheckedLine {
  if (line === null) return unreadable('line-too-long');
  if (typeof line === 'object') return unreadable(personErased.code);
  try {
    return checkSignUp(JSON.parse(line), job);
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable('json-malformed');
    throw error;
  }
}

/** Whom a line is about, as far as it tells: also one that would be refused for something else. */
export function registrantIn(line: Line): Pick<SignUp, 'person' | 'organization' | 'externalRefs'> | null {
  const plain = typeof line === 'string' ? jsonIn(line) : null;
  if (typeof plain !== 'object' || plain === null || !('person' in plain)) return null;
  const { value, errors } = checkBody(PersonBody, plain.person);
  if (errors !== undefined) return null;
  const employer = 'organization' in plain ? checkBody(OrganizationBody, plain.organization).value : undefined;
  const organization = { id: null, name: employer?.name ?? null };
  return { person: personOf(value), organization, externalRefs: refsIn(plain) };
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

function checkSignUp(plain: unknown, job: { historical: boolean; notify: boolean }): CheckedLine {
  const externalRefs = refsIn(plain);
  const { value, errors } = checkBody(SignUpBody, plain);
  if (errors !== undefined) return { externalRefs, signUp: null, code: 'invalid', errors };
  const historical = value.historical ?? job.historical;
  const body = Object.assign(value, { historical });
  const together = [...problemsTogether(body), ...otherKind(historical, job.historical)];
  if (together.length > 0) return { externalRefs, signUp: null, code: 'invalid', errors: together };
  const notify = job.notify && value.notify !== 'none';
  const keepsNotify = value.notify !== 'none' && !(job.notify && value.notify === 'changes');
  return { externalRefs, signUp: { keepsNotify, ...signUpOf(body), notify }, code: null, errors: [] };
}

function otherKind(line: boolean, job: boolean): FieldProblem[] {
  if (line === job) return [];
  const detail = 'historical is said of the import as a whole, in its query';
  return [{ pointer: '/historical', code: 'not-as-the-import', detail }];
}

function refsIn(plain: unknown): ExternalRef[] {
  if (typeof plain !== 'object' || plain === null || !('externalRefs' in plain)) return [];
  const refs: unknown = plain.externalRefs;
  return Array.isArray(refs)
    ? refs.filter((ref) => fits(ExternalRef, ref)).map(({ system, id }) => ({ system, id }))
    : [];
}
