import { type Registration, type SignUp } from '../src/registrations/registration';

/** A sign-up for tests; each says only what it is about. */
export function signUp(changes: Partial<SignUp> = {}): SignUp {
  return {
    category: 'buyer',
    person: {
      name: { texts: { ko: '김민수' }, order: 'familyFirst' },
      email: 'minsu@example.org',
      phone: null,
      document: null,
    },
    organization: null,
    economy: 'KR',
    mode: 'inPerson',
    language: 'ko',
    sessionIds: [],
    answers: {},
    formVersion: null,
    notify: false,
    externalRefs: [],
    historical: false,
    status: 'confirmed',
    registeredOn: null,
    ...changes,
  };
}

/** What became of it, as it is stored. */
export function registration(changes: Partial<Registration> = {}): Registration {
  return {
    ...signUp(),
    id: 'registration',
    tenantId: 'tenant',
    eventId: 'event',
    synthetic: false,
    fingerprint: 'minsu@example.org',
    delegationId: null,
    ticketsEndedAt: [],
    erasedAt: null,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...changes,
  };
}
