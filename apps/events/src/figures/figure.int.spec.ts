import { en } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

describe('a reported figure', () => {
  const { call, enter, service } = oneCaller();

  it('says who published it where it is history, and keeps saying so', async () => {
    const seriesId = await enter('/v1/series', { names: en('Expo'), kind: 'exposition' });
    const quantity = { qualifier: 'moreThan', lower: '100000', inclusive: false, unit: 'person' };
    const figure = { subject: { seriesId }, metric: 'participants', quantity };
    const sources = [{ kind: 'news', publisher: 'Newspaper' }];
    const refused = { status: 422, body: { errors: [{ pointer: '/sources', code: 'source-missing' }] } };
    for (const without of [{}, { sources: [] }]) {
      expect(await call('POST', '/v1/figures', { ...figure, ...without, historical: true })).toMatchObject(refused);
    }
    const path = `/v1/figures/${await enter('/v1/figures', { ...figure, sources, historical: true })}`;
    expect(await call('PATCH', path, { sources: null }, { 'if-match': '"1"' })).toMatchObject(refused);
    expect((await call('GET', path)).body).toMatchObject({ sources, version: 1 });
    const live = `/v1/figures/${await enter('/v1/figures', figure)}`;
    expect(await call('PATCH', live, { historical: true }, { 'if-match': '"1"' })).toMatchObject(refused);
  });

  it('that came without a source before this was asked can be put right otherwise', async () => {
    const seriesId = await enter('/v1/series', { names: en('Fair'), kind: 'exposition' });
    const quantity = { qualifier: 'exact', value: '12', unit: 'person' };
    const sources = [{ kind: 'news', publisher: 'Newspaper' }];
    const body = { subject: { seriesId }, metric: 'participants', quantity, sources, historical: true };
    const id = await enter('/v1/figures', body);
    await service().db.query(`UPDATE figure SET details = details - 'sources' WHERE id = $1`, [id]);
    const change = async (patch: object, version: number): Promise<number> =>
      (await call('PATCH', `/v1/figures/${id}`, patch, { 'if-match': `"${version}"` })).status;
    expect(await change({ metric: 'visitors' }, 1)).toBe(200);
    expect(await change({ sources }, 2)).toBe(200);
    expect(await change({ sources: [] }, 3)).toBe(422);
  });
});
