import { ApiClient } from '../../deploy/demo/api-client';
import { factsOfReports } from '../../deploy/demo/facts/all-reports';
import { departures, factsOf, type ListedFact, readOf, requestOf } from '../../deploy/demo/facts/report-facts';
import { Progress } from '../../deploy/demo/progress';
import { type ReplayedReports, replayReports } from '../../deploy/demo/reports/replay';
import { startTestStack, type TestStack } from '../support/stack';

jest.setTimeout(120_000);

const facts = factsOfReports.flatMap(factsOf);

/** Where it stands, the fact with what is there of it, the request that sets it, and the read that returns it. */
function line(fact: ListedFact): string {
  const [paragraph = '', sentence = ''] = fact.at.split('.');
  const value = fact.value instanceof RegExp ? String(fact.value) : JSON.stringify(fact.value);
  return `paragraph ${paragraph}, sentence ${sentence}: ${fact.fact} = ${value}; ${requestOf(fact)}; ${readOf(fact)}`;
}

describe('every fact of the five reports', () => {
  let test: TestStack;
  let reports: ReplayedReports;

  beforeAll(async () => {
    test = await startTestStack();
    const api = new ApiClient(test.url, (await test.tenant('Reports')).key);
    reports = await replayReports(api, new Progress());
  });

  afterAll(async () => {
    await test.stop();
  });

  describe.each(factsOfReports.map((report) => [report.seed, report] as const))('of report %s', (_, report) => {
    it.each(factsOf(report).map((fact) => [line(fact), fact] as const))('%s', (_line, fact) => {
      const item = reports.items.get(fact.item);
      expect([item?.entered, item?.answered].map((said) => departures(fact, said))).toEqual([[], []]);
    });
  });

  it('is all that was entered: no item is there for which no sentence stands', () => {
    const listed = new Set(facts.map(({ item }) => item));
    expect([...reports.items.keys()].filter((item) => !listed.has(item))).toEqual([]);
  });

  it('comes back with nothing lost, and with no judgement of a meeting that nobody reported', () => {
    expect(reports.differences).toEqual([]);
    const followUp = reports.items.get('commitments industrial-park-mechanism-2');
    expect(followUp?.answered).toMatchObject({ assessment: null });
  });
});
