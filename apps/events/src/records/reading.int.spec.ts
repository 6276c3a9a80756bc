import { newId } from '@expo-accord/database';
import { publishableEvent } from '../../test/publishable-event';
import { oneCaller } from '../../test/running-service';

interface Document {
  paths: Record<string, Partial<Record<'get' | 'patch', object>>>;
}

describe('reading and changing', () => {
  const { call } = oneCaller();

  const names = { original: 'zh', texts: { zh: '论坛', ko: '포럼', 'zh-Hant': '論壇' } };

  it.each([
    ['ko-KR, zh;q=0.5', 'ko', '포럼'],
    ['fr, zh-Hant-TW;q=0.3, ko;q=0.2', 'zh-Hant', '論壇'],
    ['zh-CN', 'zh', '论坛'],
    ['fr', 'zh', '论坛'],
    ['ko;q=0, *', 'zh', '论坛'],
    ['nonsense;;;', 'zh', '论坛'],
  ])('shows to a reader of "%s" the text in %s, and the text itself as it is', async (accepted, tag, text) => {
    const { id } = (await call('POST', '/v1/events', publishableEvent('', { names, venue: null, hosts: null }))).body;
    for (const path of [`/v1/events/${id}`, '/v1/events?limit=500']) {
      const read = await call('GET', path, undefined, { 'accept-language': accepted });
      const [item] = 'items' in read.body ? read.body.items : [read.body];
      expect(item).toMatchObject({ names: { ...names, display: { tag, text } } });
      expect(read.headers).toMatchObject({ 'content-language': tag, vary: 'Accept-Language' });
    }
    expect((await call('GET', `/v1/events/${id}`)).body).toMatchObject({ names });
  });

  it('tells the version of all that can be changed, and changes nothing without it or with an older one', async () => {
    const { paths } = (await call('GET', '/openapi.json')).body as unknown as Document;
    const changeable = Object.entries(paths).filter(([, { patch }]) => patch !== undefined);
    expect(changeable.length).toBeGreaterThan(8);
    for (const [path] of changeable) {
      const at = path.replace('{id}', newId());
      expect([path, (await call('PATCH', at, {})).status]).toEqual([path, 428]);
      expect([path, (await call('PATCH', at, {}, { 'if-match': 'x' })).status]).toEqual([path, 412]);
    }
    const { id } = (await call('POST', '/v1/events', publishableEvent('Forum'))).body;
    const session = await call('POST', `/v1/events/${id}/sessions`, { names, kind: 'panel' });
    const path = String(session.headers.location);
    expect((await call('GET', path)).headers.etag).toBe('"1"');
    expect((await call('PATCH', path, { capacity: 5 }, { 'if-match': '"1"' })).headers.etag).toBe('"2"');
    const stale = await call('PATCH', path, { capacity: 6 }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'version-stale', version: 2 } });
    expect((await call('GET', path)).body).toMatchObject({ capacity: 5 });
  });
});
