import { boundsOf, checkPartialDate, type PartialDate } from '.';
import fc from 'fast-check';
import { partialDate } from '../test/arbitraries';

const codesOf = (value: unknown) => checkPartialDate(value).map(({ pointer, code }) => `${pointer} ${code}`);

describe('a partial date', () => {
  it('takes the dates of the reports, with their doubt and the reason for what was inferred', () => {
    const reported: PartialDate[] = [
      {
        edtf: '2015?-11-30',
        asReported: 'on November 30',
        inferred: [{ part: 'year', because: 'The second meeting is announced for 2016.' }],
      },
      { edtf: '2020-09-03', dayPart: 'afternoon', asReported: 'On the afternoon of September 3' },
      { edtf: '2020-08-01/2020-12-31', asReported: 'within the year' },
      { edtf: '../2020-09-03', asReported: 'Before the conference' },
      { edtf: '2016' },
    ];
    expect(reported.map(codesOf)).toEqual([[], [], [], [], []]);
  });

  it.each<[string, unknown, string[]]>([
    ['a day that does not exist', { edtf: '2020-02-30' }, ['/edtf edtf-malformed']],
    ['an interval that ends before it begins', { edtf: '2020/2019' }, ['/edtf edtf-malformed']],
    ['words', { edtf: 'November 30' }, ['/edtf edtf-malformed']],
    ['digits that look like Unix time', { edtf: '20200903' }, ['/edtf edtf-malformed']],
    ['nothing', { edtf: '' }, ['/edtf too-short']],
    ['an unknown part of the day', { edtf: '2016', dayPart: 'noonish' }, ['/dayPart malformed']],
    ['an inference without a reason', { edtf: '2016', inferred: [{ part: 'year' }] }, ['/inferred/0/because required']],
    ['a field it does not know', { edtf: '2016', calendar: 'lunar' }, ['/calendar unknown-field']],
    ['null, which stands outside it', null, [' malformed']],
  ])('refuses %s', (_what, value, expected) => {
    expect(codesOf(value)).toEqual(expected);
  });

  it('knows the instants between which it lies', () => {
    expect(boundsOf({ edtf: '2016' })).toEqual({
      earliest: '2016-01-01T00:00:00.000Z',
      latest: '2016-12-31T23:59:59.999Z',
    });
    expect(boundsOf({ edtf: '../2020-09-03' })).toEqual({ earliest: null, latest: '2020-09-03T23:59:59.999Z' });
    expect(boundsOf({ edtf: '2024-10-17/2024-10-17' })).toEqual(boundsOf({ edtf: '2024-10-17' }));
    expect(boundsOf({ edtf: '2019/..' })).toEqual({ earliest: '2019-01-01T00:00:00.000Z', latest: null });
  });
});

describe('any partial date', () => {
  it('is sound, and begins before it ends', () => {
    fc.assert(
      fc.property(partialDate, (any) => {
        expect(checkPartialDate(any)).toEqual([]);
        const { earliest, latest } = boundsOf(any);
        if (earliest !== null && latest !== null) expect(earliest < latest).toBe(true);
      }),
    );
  });

  it('that somebody may send is refused or has bounds', () => {
    const character = fc.constantFrom(...Array.from('0123456789-/.?~%XYTZ[]{},SE+: '));
    const text = fc.oneof(fc.string({ unit: character, minLength: 1, maxLength: 24 }), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(text, (edtf) => {
        if (checkPartialDate({ edtf }).length > 0) return;
        const { earliest, latest } = boundsOf({ edtf });
        if (earliest !== null && latest !== null) expect(Date.parse(earliest)).toBeLessThan(Date.parse(latest));
      }),
      { numRuns: 1_000 },
    );
  });
});
