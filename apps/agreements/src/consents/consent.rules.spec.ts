import { type NamedParty, partiesMeant } from './consent.rules';

const parties: NamedParty[] = [
  { organizationId: 'old', economy: 'CN', name: { original: 'zh', texts: { zh: '青岛港', en: 'Port of Qingdao' } } },
  { organizationId: 'b', economy: 'KR', externalRefs: [{ system: 'desk', id: '7' }] },
  { economy: 'KR' },
];
const survivors = new Map([['old', 'kept']]);

it.each([
  [{ organizationId: 'b' }, [1]],
  [{ organizationId: 'kept' }, [0]],
  [{ organizationId: 'old' }, [0]],
  [{ name: '青岛港' }, [0]],
  [{ name: 'Qingdao' }, []],
  [{ economy: 'KR' }, [1, 2]],
  [{ economy: 'KR', externalRef: { system: 'desk', id: '7' } }, [1]],
  [{ economy: 'JP' }, []],
  [{ economy: 'CN', organizationId: 'b' }, []],
])('by %j is meant %j', (meant, places) => {
  expect(partiesMeant(parties, meant, survivors)).toEqual(places);
});
