import { en, some } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

describe('the host rotation of a mechanism', () => {
  const { call, enter, service } = oneCaller();

  it('says who is next, after the last meeting that is public', async () => {
    const seriesId = await enter('/v1/series', {
      names: en('Industrial park mechanism'),
      kind: 'mechanismMeeting',
      mechanism: true,
      hostRotation: some({ ordinal: 1, side: 'KR' }, { ordinal: 2, side: 'CN' }),
    });
    const meeting = { names: en('Meeting'), kind: 'mechanismMeeting', seriesId };
    const next = async (): Promise<object> => (await call('GET', `/v1/series/${seriesId}/next-host`)).body;
    expect(await next()).toEqual({ ordinal: 1, side: 'KR', certainty: 'stated', because: null });
    await enter('/v1/events', { ...meeting, ordinal: 1, historical: true });
    await enter('/v1/events', { ...meeting, ordinal: 2, historical: true, status: 'planned' });
    await enter('/v1/events', { ...meeting, ordinal: 2 });
    expect(await next()).toMatchObject({ ordinal: 2, side: 'CN', certainty: 'stated' });
    await enter('/v1/events', { ...meeting, ordinal: 2, historical: true, venue: { economy: 'KR' } });
    expect(await next()).toMatchObject({ ordinal: 3, side: 'KR', certainty: 'inferred' });
    const other = await service().caller();
    expect((await other.call('GET', `/v1/series/${seriesId}/next-host`)).status).toBe(404);
  });
});
