import { missingForPublication, type Publishable } from './publication.rules';

const text = (...tags: string[]): { original: string; texts: Record<string, string> } => ({
  original: tags[0] ?? 'en',
  texts: Object.fromEntries(tags.map((tag) => [tag, `in ${tag}`])),
});
const host = { completeness: 'exhaustive' as const, items: [{ name: text('en') }] };
const complete: Publishable = {
  names: text('en'),
  date: { edtf: '2030-05' },
  venue: { economy: 'KR' },
  hosts: host,
};
const missing = (event: Publishable, parents: Publishable[] = [], languages: string[] = []): string[] =>
  missingForPublication(event, parents, languages).map(({ pointer, code }) => `${pointer} ${code}`);

describe('publishing an event', () => {
  it('takes one that says when, where and by whom', () => {
    expect(missing(complete)).toEqual([]);
    expect(missing({ ...complete, date: null, startsAt: { local: '2030-05-01T09:00', zone: 'Asia/Seoul' } })).toEqual(
      [],
    );
  });

  it('says all that is missing at once', () => {
    expect(missing({ names: text('en'), theme: text('zh') }, [], ['zh', 'ko'])).toEqual([
      '/names/texts/zh language-missing',
      '/names/texts/ko language-missing',
      '/theme/texts/ko language-missing',
      '/startsAt date-missing',
      '/venue venue-missing',
      '/hosts host-missing',
    ]);
  });

  it('asks no venue of what is online, and one of what is hybrid', () => {
    expect(missing({ ...complete, venue: null, mode: 'online' })).toEqual([]);
    expect(missing({ ...complete, venue: null, mode: 'hybrid' })).toEqual(['/venue venue-missing']);
  });

  it('takes neither a venue nor a list of hosts that says nothing', () => {
    expect(missing({ ...complete, venue: { sources: [] }, hosts: { ...host, items: [{ role: 'host' }] } })).toEqual([
      '/venue venue-missing',
      '/hosts host-missing',
    ]);
  });

  it('takes from the parents what a sub-event does not say, but no text', () => {
    expect(missing({ names: text('en') }, [{ names: text('en') }, complete])).toEqual([]);
    expect(missing({ names: text('en') }, [{ ...complete, names: text('zh') }], ['zh'])).toEqual([
      '/names/texts/zh language-missing',
    ]);
  });

  it('takes every kind of a language for it, and no other language that begins like it', () => {
    expect(missing({ ...complete, names: text('zh-Hant-HK') }, [], ['ZH'])).toEqual([]);
    expect(missing({ ...complete, names: text('kok') }, [], ['ko'])).toEqual(['/names/texts/ko language-missing']);
  });
});
