import { lacksOf } from './commitment.rules';

describe('an assessment', () => {
  it('needs evidence, unless it says that there is none', () => {
    expect(lacksOf({ outcome: 'met' }).map(({ field }) => field)).toEqual(['evidence']);
    expect(lacksOf({ outcome: 'noEvidence' })).toEqual([]);
  });

  it('as partially met says what differs', () => {
    expect(lacksOf({ outcome: 'partiallyMet', evidence: [{}] }).map(({ field }) => field)).toEqual(['differs']);
    expect(lacksOf({ outcome: 'partiallyMet', evidence: [{}], differs: {} })).toEqual([]);
  });
});
