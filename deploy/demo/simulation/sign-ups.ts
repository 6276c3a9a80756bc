import { visitor } from './people';

const categories = [
  'visitor',
  'visitor',
  'visitor',
  'visitor',
  'buyer',
  'buyer',
  'exhibitor',
  'delegate',
  'press',
  'vip',
];
const organizations = [
  'Seaside Battery Works',
  '盐海新能源',
  '서해전자',
  'Nordlicht Robotics',
  '长江智能制造',
  '한빛모터스',
];

/** Of ten people who signed up for a past edition eight came; the other two are entered as confirmed, no more. */
export const checkedInOfTen = 8;

export interface SignUpRange {
  edition: number;
  from: number;
  to: number;
  /** An edition that is over is entered with what became of each person; a live one leaves that to the service. */
  past: boolean;
}

/** One NDJSON line for each sign-up of the range, each with the external id by which sending it again is recognised. */
export function* signUpLines({ edition, from, to, past }: SignUpRange): Generator<string> {
  for (let index = from; index < to; index += 1) {
    yield JSON.stringify(signUp(edition, index, past));
  }
}

function signUp(edition: number, index: number, past: boolean): Record<string, unknown> {
  const { name, economy, language } = visitor(index);
  return {
    externalRefs: [{ system: 'simulation', id: `${edition}-${index}` }],
    category: categories[index % categories.length],
    person: { name, email: `visitor-${edition}-${index}@example.org` },
    organization: { name: organizations[index % organizations.length] },
    economy,
    mode: index % 20 === 19 ? 'online' : 'inPerson',
    language,
    ...(past ? { status: index % 10 < checkedInOfTen ? 'checkedIn' : 'confirmed' } : {}),
  };
}
