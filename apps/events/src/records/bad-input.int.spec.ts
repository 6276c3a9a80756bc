import { newId } from '@expo-accord/database';
import { en } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

describe('bad input', () => {
  const { call } = oneCaller();

  it('is refused where a name is no name, and nothing of it is kept', async () => {
    const long = 'x'.repeat(10_000);
    const system = 'long-names';
    const event = {
      names: { original: 'zh', texts: { zh: '论坛', en: long } },
      aliases: [{ names: en(long) }],
      kind: 'forum',
      externalRefs: [{ system, id: '1' }],
    };
    const pointers = async (path: string, body: object): Promise<string[]> => {
      const refused = await call('POST', path, body);
      expect(refused.status).toBe(422);
      return (refused.body as unknown as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    };
    expect(await pointers('/v1/events', event)).toEqual(['/names/texts/en', '/aliases/0/names/texts/en']);
    const person = { name: { texts: { en: long }, order: 'familyFirst' } };
    expect(await pointers('/v1/people', person)).toEqual(['/name/texts/en']);
    expect(await pointers('/v1/figures', { metric: 'participants' })).toContain('/subject');
    expect(await pointers(`/v1/places/${newId()}/relationships`, { kind: 'sisterCities' })).toContain('/partners');
    expect((await call('GET', `/v1/events?ref=${system}:1`)).body).toMatchObject({ items: [] });
  });

  it('comes back as it was sent, whatever a browser would make of them', async () => {
    const html = '<script>alert("1")</script> & 5 < 6';
    const body = { names: en(html), kind: 'forum', description: en(html) };
    const { id } = (await call('POST', '/v1/events', body)).body;
    const read = await call('GET', `/v1/events/${id}`);
    expect(read.body).toMatchObject(body);
    expect(read.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is refused with the place of all that is wrong', async () => {
    const ids = ['0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b', '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6c'];
    const wrong = {
      names: { original: 'en', texts: { en: 'X', 'en-x': 'Y', xx: 'Z', ko: ' ' } },
      kind: 'Trade forum',
      seriesId: ids,
      venue: { economy: 'China' },
      economies: ['KR', 'XX'],
      surprise: true,
      date: { edtf: 'soon' },
      startsAt: { local: '2030-02-30T09:00', zone: 'Asia/Busan' },
      hosts: { completeness: 'all', items: [{ organizationId: 'the ministry' }] },
      externalRefs: [{ system: 'wrong', id: '1' }],
    };
    const refused = await call('POST', '/v1/events', wrong);
    expect(refused.status).toBe(422);
    expect(refused.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const pointers = (refused.body as unknown as { errors: { pointer: string }[] }).errors.map(
      ({ pointer }) => pointer,
    );
    expect(pointers.sort()).toEqual([
      '/date/edtf',
      '/economies/1',
      '/hosts/completeness',
      '/hosts/items/0/organizationId',
      '/kind',
      '/names/texts/en-x',
      '/names/texts/ko',
      '/names/texts/xx',
      '/seriesId',
      '/startsAt/local',
      '/startsAt/zone',
      '/surprise',
      '/venue/economy',
    ]);
    expect((await call('GET', '/v1/events?ref=wrong:1')).body).toMatchObject({ items: [] });
  });
});
