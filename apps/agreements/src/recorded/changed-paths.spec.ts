import { changedPaths } from './changed-paths';

describe('the paths that a change has touched', () => {
  const before = {
    titles: { texts: { en: 'A' } },
    parties: [{ economy: 'CN' }, { economy: 'KR' }],
    version: 1,
    actions: ['sign'],
  };

  it('lead to what differs, as deep as it can be told, and not to what only follows from it', () => {
    const after = {
      ...before,
      titles: { texts: { en: 'A', 'zh/Hans': 'B' } },
      version: 2,
      updatedAt: 'now',
      actions: ['stall'],
    };
    expect(changedPaths(before, after)).toEqual(['/titles/texts/zh~1Hans']);
    expect(changedPaths(before, { ...before, parties: [{ economy: 'CN' }, { economy: 'JP' }] })).toEqual([
      '/parties/1/economy',
    ]);
  });

  it('lead to a list that has become longer, and to what was not there before', () => {
    expect(changedPaths(before, { ...before, parties: [], signedOn: { edtf: '2020' } })).toEqual([
      '/parties',
      '/signedOn',
    ]);
  });

  it('are none where nothing was there before, or where null says what was left out', () => {
    expect(changedPaths(null, before)).toEqual([]);
    expect(changedPaths(before, { ...before, signedOn: null })).toEqual([]);
  });
});
