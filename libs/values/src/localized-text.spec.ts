import { checkLocalizedText, displayOf, type LocalizedText } from '.';
import fc from 'fast-check';
import { localizedText } from '../test/arbitraries';

const codesOf = (value: unknown) => checkLocalizedText(value).map(({ pointer, code }) => `${pointer} ${code}`);

const forum: LocalizedText = {
  original: 'zh',
  texts: {
    zh: '产业合作发展论坛',
    ko: '산업협력발전포럼',
    'zh-Hant': '產業合作發展論壇',
    en: 'Industrial Cooperation Development Forum',
  },
};

describe('a localized text', () => {
  it('takes several languages with the original marked', () => {
    expect(codesOf(forum)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['an original that is not there', { original: 'ja', texts: { zh: '论坛' } }, ['/original original-missing']],
    ['no text', { original: 'zh', texts: {} }, ['/texts malformed']],
    ['an empty text', { original: 'zh', texts: { zh: '' } }, ['/texts/zh too-short']],
    [
      'what is no language tag',
      { original: 'zh', texts: { zh: '论坛', 'the original': 'x' } },
      ['/texts/the original unknown-field'],
    ],
    [
      'a tag that BCP 47 does not allow',
      { original: 'zh', texts: { zh: '论坛', 'en-a': 'x' } },
      ['/texts/en-a language-tag-malformed'],
    ],
    ['one language twice', { original: 'zh', texts: { zh: '论坛', ZH: '论坛' } }, ['/texts/ZH language-tag-repeated']],
    ['a bare string', 'Forum', [' malformed']],
  ])('refuses %s', (_what, value, expected) => {
    expect(codesOf(value)).toEqual(expected);
  });

  it('reads no more of what somebody accepts than a person could mean', () => {
    const long = `${'a-'.repeat(7_000)}a`;
    const many = `${Array(5_000).fill('fr').join(',')},ko`;
    for (let texts = 0; texts < 200; texts += 1) {
      expect(displayOf(forum, `${long},ko`).tag).toBe('ko');
      expect(displayOf(forum, many).tag).toBe('zh');
    }
  });

  it.each<[string | undefined, string]>([
    ['ko', 'ko'],
    ['ko-KR', 'ko'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh-HK', 'zh'],
    ['ja, en;q=0.5, ko;q=0.8', 'ko'],
    ['fr;q=1, EN;q=0.1', 'en'],
    ['ja', 'zh'],
    ['*', 'zh'],
    ['ko;q=0', 'zh'],
    ['', 'zh'],
    [undefined, 'zh'],
  ])('shows somebody who accepts "%s" the text under %s', (accepted, tag) => {
    expect(displayOf(forum, accepted)).toEqual({ tag, text: forum.texts[tag] });
  });

  it('goes through the fallback chain before the original', () => {
    expect(displayOf(forum, 'ja', ['fr', 'en'])).toMatchObject({ tag: 'en' });
  });
});

describe('any localized text', () => {
  it('shows one of its texts, whatever somebody accepts', () => {
    const header = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from('zhkojaen-;,=q.019* HantK')) }),
      fc.constantFrom('zh-Hant-TW, ko;q=0.5', 'en-US', '*', 'fr'),
    );
    fc.assert(
      fc.property(localizedText, header, fc.array(fc.string(), { maxLength: 3 }), (any, accepted, fallback) => {
        const { tag, text } = displayOf(any, accepted, fallback);
        expect(any.texts[tag]).toBe(text);
      }),
    );
  });

  it('shows exactly the text that somebody asks for, if it is there', () => {
    const asked = localizedText.chain((any) => fc.tuple(fc.constant(any), fc.constantFrom(...Object.keys(any.texts))));
    fc.assert(
      fc.property(asked, ([any, tag]) => {
        expect(displayOf(any, tag.toUpperCase()).tag).toBe(tag);
      }),
    );
  });
});
