import { factsOfReports } from './all-reports';
import { departures, factsOf, type ReportFacts, unlisted } from './report-facts';

describe('the facts of the five reports', () => {
  it.each(factsOfReports.map((report) => [report.seed, report] as const))(
    'of report %s leave no sentence out without a reason',
    (_, report) => {
      expect(unlisted(report)).toEqual([]);
    },
  );

  it('are each listed once', () => {
    const lines = factsOfReports.flatMap(factsOf).map(({ seed, at, fact, item }) => `${seed} ${at} ${item}: ${fact}`);
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
    expect(lines.length).toBeGreaterThan(250);
  });
});

describe('a list of facts', () => {
  const report: ReportFacts = {
    seed: '9',
    name: 'harbour expo',
    sentences: [1, 2],
    empty: { '0.1': 'a title' },
    items: { 'events harbour': [['1.1', 'It was the first', '/ordinal', 1]] },
  };

  it('is seen to forget a sentence, and to name one that is not there', () => {
    expect(unlisted(report)).toEqual(['9, 1.2: no fact, and no reason']);
    expect(unlisted({ ...report, sentences: [1, 1], empty: { '0.1': 'a title', '2.1': 'nothing' } })).toEqual([
      '9, 2.1: there is no such sentence',
    ]);
  });

  it('is held against what came back, word for word or by a pattern', () => {
    const item = { ordinal: 1, names: { texts: { en: 'Harbour expo' } }, date: null };
    expect(departures({ pointer: '/ordinal', value: 1 }, item)).toEqual([]);
    expect(departures({ pointer: '/names', value: { texts: { en: 'Harbour expo' } } }, item)).toEqual([]);
    expect(departures({ pointer: '/names/texts/en', value: /^Harbour/ }, item)).toEqual([]);
    expect(departures({ pointer: '/date', value: null }, item)).toEqual([]);
    expect(departures({ pointer: '/ordinal', value: 2 }, item)).toHaveLength(1);
    expect(departures({ pointer: '/names/texts/en', value: /^Port/ }, item)).toHaveLength(1);
    expect(departures({ pointer: '/venue/city', value: null }, item)).toHaveLength(1);
    expect(departures({ pointer: '/ordinal', value: 1 }, undefined)).toHaveLength(1);
  });
});
