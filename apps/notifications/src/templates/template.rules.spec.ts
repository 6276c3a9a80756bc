import { builtInTemplates } from './built-in.templates';
import { fallbackChain, languageOf, render, type Template, variablesOf } from './template.rules';

const template: Template = {
  id: 't',
  version: 1,
  description: 'for the test',
  languages: {
    en: { subject: 'Hello {{name}}', text: 'Dear {{name}}\nStarts: {{startsAt}}\nBye' },
    zh: { subject: '{{name}}', text: '{{name}}' },
    'zh-Hant': { subject: '{{name}}!', text: '{{name}}!' },
  },
};

describe('the language of a mail', () => {
  it.each([
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh-CN', 'zh'],
    ['ZH-hant', 'zh-Hant'],
    ['ko', 'en'],
    ['en-GB', 'en'],
    [null, 'en'],
    ['', 'en'],
  ])('%s falls back to %s', (wanted, language) => {
    expect(languageOf(template, wanted)).toBe(language);
  });

  it('names each step of the fallback once', () => {
    expect(fallbackChain('zh-Hant-TW')).toEqual(['zh-Hant-TW', 'zh-Hant', 'zh', 'en']);
    expect(fallbackChain('en')).toEqual(['en']);
  });
});

describe('rendering', () => {
  it('sets the values and drops a line whose value is missing', () => {
    expect(render(template, 'en', { name: '김민수', startsAt: null })).toEqual({
      subject: 'Hello 김민수',
      text: 'Dear 김민수\nBye',
    });
  });

  it('lets no value break out of its line', () => {
    const { subject, text } = render(template, 'en', { name: 'A\r\nBcc: x@example.org', startsAt: '{{name}}' });
    expect(subject).toBe('Hello A Bcc: x@example.org');
    expect(text).toBe('Dear A Bcc: x@example.org\nStarts: {{name}}\nBye');
  });
});

describe('the built-in templates', () => {
  it.each(builtInTemplates.map((each) => [each.id, each] as const))('%s speaks four languages alike', (_, each) => {
    expect(Object.keys(each.languages).sort()).toEqual(['en', 'ja', 'ko', 'zh']);
    for (const text of Object.values(each.languages)) {
      expect(variablesOf({ ...each, languages: { en: text } })).toEqual(variablesOf(each));
    }
  });
});
