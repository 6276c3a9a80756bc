import { factsOfReports } from '../../deploy/demo/facts/all-reports';
import { departures, factsOf, type ListedFact, readOf, requestOf } from '../../deploy/demo/facts/report-facts';
import { type ReplayedReports } from '../../deploy/demo/reports/replay';

const facts = factsOfReports.flatMap(factsOf);

/** Where it stands, the fact with what is there of it, the request that sets it, and the read that returns it. */
function line(fact: ListedFact): string {
  const [paragraph = '', sentence = ''] = fact.at.split('.');
  const value = fact.value instanceof RegExp ? String(fact.value) : JSON.stringify(fact.value);
  return `paragraph ${paragraph}, sentence ${sentence}: ${fact.fact} = ${value}; ${requestOf(fact)}; ${readOf(fact)}`;
}

/** One test for each fact of the five reports, over what a replay of them entered and read back. */
export function describeFactsOfReports(reports: () => ReplayedReports): void {
  describe('every fact of the five reports', () => {
    describe.each(factsOfReports.map((report) => [report.seed, report] as const))('of report %s', (_, report) => {
      it.each(factsOf(report).map((fact) => [line(fact), fact] as const))('%s', (_line, fact) => {
        const item = reports().items.get(fact.item);
        expect([item?.entered, item?.answered].map((said) => departures(fact, said))).toEqual([[], []]);
      });
    });

    it('is all that was entered: no item is there for which no sentence stands', () => {
      const listed = new Set(facts.map(({ item }) => item));
      expect([...reports().items.keys()].filter((item) => !listed.has(item))).toEqual([]);
    });

    it('comes back with nothing lost, and with no judgement of a meeting that nobody reported', () => {
      expect(reports().differences).toEqual([]);
      const followUp = reports().items.get('commitments industrial-park-mechanism-2');
      expect(followUp?.answered).toMatchObject({ assessment: null });
    });
  });
}
