import { checkFactMarks, checkSourceRef, checkSpeaker, type SourceRef, type Speaker } from '.';

const governor: Speaker = {
  person: { texts: { en: 'Xu Kunlin' }, order: 'familyFirst' },
  post: { original: 'en', texts: { en: 'Governor of Jiangsu' } },
  recalls: {
    person: { texts: { en: 'Xi Jinping', zh: '习近平' }, order: 'familyFirst' },
    post: { original: 'en', texts: { en: 'President of China' } },
  },
};

describe('a source', () => {
  it('takes those of the reports: a recalled speaker, a head known by post alone, approval and support', () => {
    const reported: SourceRef[] = [
      { kind: 'news', speaker: governor, publishedOn: { edtf: '2023-11-30' }, fileName: '004_52ecb364efa48475.txt' },
      {
        kind: 'interpretation',
        speaker: {
          person: null,
          post: { original: 'en', texts: { en: 'Head of the Asian Department' } },
          organization: 'MOFCOM',
        },
      },
      { kind: 'official', approvedBy: 'MINISTRY OF COMMERCE,PRC', supportedBy: 'CIECC', publishedOn: null },
    ];
    expect(reported.flatMap(checkSourceRef)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['no kind', { publisher: 'JL.gov' }, ['/kind required']],
    ['an address that is none', { kind: 'news', url: 'JL.gov' }, ['/url malformed']],
    [
      'an unreal date deep inside',
      { kind: 'news', publishedOn: { edtf: '2023-13' } },
      ['/publishedOn/edtf edtf-malformed'],
    ],
    [
      'a passage whose original is missing',
      { kind: 'news', quotedPassage: { original: 'ko', texts: { en: 'x' } } },
      ['/quotedPassage/original original-missing'],
    ],
    ['a field it does not know', { kind: 'news', author: 'x' }, ['/author unknown-field']],
  ])('refuses %s', (_what, value, expected) => {
    expect(checkSourceRef(value).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(expected);
  });
});

describe('a speaker', () => {
  it('is named at each depth', () => {
    const problems = checkSpeaker({ ...governor, recalls: { person: null } });
    expect(problems).toEqual([expect.objectContaining({ pointer: '/recalls', code: 'speaker-unnamed' })]);
  });

  it('recalls to a depth of three', () => {
    const third: unknown = { ...governor, recalls: { organization: 'a', recalls: { organization: 'b' } } };
    const fourth: unknown = {
      ...governor,
      recalls: { organization: 'a', recalls: { organization: 'b', recalls: { organization: 'c' } } },
    };
    expect(checkSpeaker(third)).toEqual([]);
    expect(checkSpeaker(fourth)).toEqual([
      expect.objectContaining({ pointer: '/recalls/recalls/recalls', code: 'unknown-field' }),
    ]);
  });
});

describe('the marks of a fact', () => {
  it('say why an inferred fact is believed', () => {
    expect(checkFactMarks({ certainty: 'inferred', because: 'Business volume is quoted in dollars.' })).toEqual([]);
    expect(checkFactMarks({ certainty: 'inferred' })).toEqual([expect.objectContaining({ code: 'reason-missing' })]);
  });

  it('point at the source that is unsound', () => {
    const problems = checkFactMarks({
      certainty: 'disputed',
      sources: [{ kind: 'news' }, { kind: 'news', speaker: {} }],
    });
    expect(problems).toEqual([expect.objectContaining({ pointer: '/sources/1/speaker', code: 'speaker-unnamed' })]);
  });
});
