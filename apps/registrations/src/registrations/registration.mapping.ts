import { type FieldProblem } from '@expo-accord/http';
import { hashOfCode } from '../invitations/invitation-code.rules';
import { type DocumentBody, type PersonBody, type SignUpBody } from './registration.dto';
import { type IdentityDocument, type Person, type Registration, type SignUp } from './registration';

/** Of a whole body; PostgreSQL refuses what is nested much deeper. */
const MOST_LEVELS = 32;

export function signUpOf(body: SignUpBody): SignUp {
  const { person, organization } = body;
  const employer = { id: organization?.id ?? null, name: organization?.name ?? null };
  const historical = body.historical ?? false;
  return {
    category: body.category,
    person: personOf(person),
    organization: employer.id === null && employer.name === null ? null : employer,
    economy: body.economy ?? null,
    mode: body.mode ?? 'inPerson',
    language: body.language ?? null,
    sessionIds: (body.sessionIds ?? []).map((id) => id.toLowerCase()),
    answers: body.answers ?? {},
    formVersion: body.formVersion ?? null,
    notify: body.notify === 'changes',
    externalRefs: (body.externalRefs ?? []).map(({ system, id }) => ({ system, id })),
    historical,
    status: historical ? (body.status ?? 'confirmed') : 'confirmed',
    registeredOn: historical ? (body.registeredOn ?? null) : null,
    ...(body.invitationCode && { invitation: hashOfCode(body.invitationCode) }),
  };
}

export function personOf({ name, email, phone, document }: PersonBody): Person {
  return { name, email: email ?? null, phone: phone ?? null, document: documentOf(document) };
}

function documentOf(body: DocumentBody | null | undefined): IdentityDocument | null {
  if (!body) return null;
  const { kind, number, economy } = body;
  return economy ? { kind, number, economy } : { kind, number };
}

/** The registration as a sign-up's body would say it: what a merge patch is applied to. */
export function bodyOf(registration: Registration): Required<SignUpBody> {
  return {
    category: registration.category,
    person: registration.person,
    organization: registration.organization,
    economy: registration.economy,
    mode: registration.mode,
    language: registration.language,
    sessionIds: [...registration.sessionIds],
    answers: registration.answers,
    formVersion: registration.formVersion,
    notify: registration.notify ? 'changes' : 'none',
    externalRefs: [...registration.externalRefs],
    historical: registration.historical,
    status: registration.status,
    registeredOn: registration.registeredOn,
    invitationCode: null,
  };
}

/** What the fields mean together, beyond what each may be. */
export function problemsTogether(body: SignUpBody): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (body.historical !== true) {
    for (const field of ['status', 'registeredOn'] as const) {
      if (body[field] !== undefined && body[field] !== null) {
        problems.push({
          pointer: `/${field}`,
          code: 'only-historical',
          detail: `${field} may be set with historical only`,
        });
      }
    }
  }
  const refs = (body.externalRefs ?? []).map(({ system, id }) => JSON.stringify([system, id]));
  if (new Set(refs).size < refs.length) {
    problems.push({ pointer: '/externalRefs', code: 'repeated', detail: 'The same reference is given twice' });
  }
  if (isTooDeep(body, MOST_LEVELS)) {
    problems.push({ pointer: '/answers', code: 'too-deep', detail: `Values may be nested ${MOST_LEVELS} levels deep` });
  }
  return problems;
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}
