import { unexplainedMentions } from './outcome-document.rules';

it('finds mentions that the document does not explain, wherever they stand', () => {
  const unexplained = unexplainedMentions({
    initiatives: { items: [{ code: 'beltAndRoad' }] },
    promotedAgreements: { items: [{ code: 'rcep' }] },
    areas: { items: [{ statements: { items: [{}, { mentions: ['beltAndRoad', 'newInfrastructure'] }] } }] },
    statements: { items: [{ mentions: ['rcep', 'cjkFta'] }] },
  });
  expect(unexplained).toEqual([
    { pointer: '/areas/items/0/statements/items/1/mentions/1', code: 'newInfrastructure' },
    { pointer: '/statements/items/0/mentions/1', code: 'cjkFta' },
  ]);
});
