import { nextHost } from './host-rotation.rules';

const turns = (...sides: (string | null)[]): { side: string | null }[] => sides.map((side) => ({ side }));

describe('the host of the next meeting', () => {
  it('is the side whose turn was recorded', () => {
    expect(nextHost(turns('KR', 'CN'), 1)).toEqual({ ordinal: 2, side: 'CN', certainty: 'stated', because: null });
    expect(nextHost([{ ordinal: 12, side: 'JP' }], 11)).toMatchObject({ side: 'JP', certainty: 'stated' });
    expect(nextHost(turns('KR', 'CN', 'CN'), 2)).toMatchObject({ side: 'CN', certainty: 'stated' });
  });

  it('is beyond that the one whose turn it would be, and says why', () => {
    const because = 'KR, CN host in turn, the first of them number 1.';
    expect(nextHost(turns('KR', 'CN'), 2)).toEqual({ ordinal: 3, side: 'KR', certainty: 'inferred', because });
    expect(nextHost(turns('KR', 'CN', 'JP'), 7)).toMatchObject({ ordinal: 8, side: 'CN' });
    const fromTheTenth = [
      { ordinal: 11, side: 'JP' },
      { ordinal: 10, side: 'CN' },
    ];
    expect(nextHost(fromTheTenth, 24)).toMatchObject({ ordinal: 25, side: 'JP', certainty: 'inferred' });
    expect(nextHost([...turns('KR'), { ordinal: 3 }, { ordinal: 4, side: 'CN' }], 4)).toMatchObject({ side: 'KR' });
  });

  it('is nobody knows who where the sides take no turns', () => {
    const unknown = { side: null, certainty: null, because: null };
    expect(nextHost([], 0)).toEqual({ ordinal: 1, ...unknown });
    expect(nextHost(turns('KR'), 1)).toEqual({ ordinal: 2, ...unknown });
    expect(nextHost(turns('KR', 'CN', 'CN'), 3)).toEqual({ ordinal: 4, ...unknown });
    expect(
      nextHost(
        [
          { ordinal: 10, side: 'CN' },
          { ordinal: 11, side: 'JP' },
        ],
        3,
      ),
    ).toEqual({ ordinal: 4, ...unknown });
  });
});
