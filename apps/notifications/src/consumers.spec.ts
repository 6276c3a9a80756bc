import { publicContracts } from './consumers';

it('lets outsiders have public messages only', () => {
  const types = publicContracts.map(({ type }) => type);
  expect(types).toContain('expo-accord.agreement.signed.v1');
  expect(types).toContain('expo-accord.event.published.v1');
  expect(types.filter((type) => /registration|contact|delivery/.test(type))).toEqual([]);
});
