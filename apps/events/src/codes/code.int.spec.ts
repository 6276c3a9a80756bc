import { codeRecorded } from '@expo-accord/contracts';
import { until } from '../../../../test/support/until';
import { en } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

const kinds = '/v1/code-lists/event-kinds/codes';

describe('a code of the tenant’s own', () => {
  const { call, service } = oneCaller();

  it('is told when it is added, renamed, retired and reinstated', async () => {
    const added = await call('POST', kinds, { code: 'roadshow', names: en('Road show') });
    const path = `${kinds}/roadshow`;
    expect(added).toMatchObject({
      status: 201,
      headers: { location: path, etag: '"1"' },
      body: { origin: 'tenant', status: 'active', actions: ['retire'] },
    });
    expect((await call('GET', path)).body).toEqual(added.body);
    const renamed = await call('PATCH', path, { names: { texts: { zh: '路演' } } }, { 'if-match': '"1"' });
    const names = { original: 'en', texts: { en: 'Road show', zh: '路演' } };
    expect(renamed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { names, version: 2 } });
    expect((await call('POST', `${path}/retire?dryRun=true`)).body).toMatchObject({ status: 'retired' });
    expect((await call('GET', path)).body).toEqual(renamed.body);
    const retired = await call('POST', `${path}/retire`);
    expect(retired).toMatchObject({ status: 200, body: { status: 'retired', actions: ['reinstate'], version: 3 } });
    const { items } = (await call('GET', kinds)).body as unknown as { items: object[] };
    expect(items.at(-1)).toEqual(retired.body);
    await call('POST', `${path}/reinstate`);
    const told = await until(
      () => service().wire.of(codeRecorded, added.body.id),
      ({ length }) => length === 4,
    );
    expect(told.map(({ data }) => [data.code, data.status, Object.keys(data.names.texts)])).toEqual([
      ['roadshow', 'active', ['en']],
      ['roadshow', 'active', ['en', 'zh']],
      ['roadshow', 'retired', ['en', 'zh']],
      ['roadshow', 'active', ['en', 'zh']],
    ]);
    expect(told[0]?.data).toMatchObject({ list: 'event-kinds', url: expect.stringContaining(path) as string });
    expect(service().wire.violations()).toEqual([]);
  });

  it('is changed by those who have seen what it is, and in its names alone', async () => {
    await call('POST', kinds, { code: 'gala', names: en('Gala') });
    const path = `${kinds}/gala`;
    expect((await call('PATCH', path, { names: en('Gala dinner') })).status).toBe(428);
    expect((await call('PATCH', path, { names: en('Gala dinner') }, { 'if-match': '"7"' })).status).toBe(412);
    const recoded = await call('PATCH', path, { code: 'dinner' }, { 'if-match': '"1"' });
    expect(recoded).toMatchObject({ status: 422, body: { errors: [{ pointer: '/code', code: 'not-changeable' }] } });
    expect((await call('PATCH', path, { status: 'retired' }, { 'if-match': '"1"' })).status).toBe(422);
    expect((await call('POST', `${path}/reinstate`)).body).toMatchObject({
      code: 'action-not-allowed',
      actions: ['retire'],
    });
    expect((await call('GET', path)).body).toMatchObject({ names: en('Gala'), version: 1 });
  });

  it('is nobody else’s, and what is shipped is nobody’s to change', async () => {
    await call('POST', kinds, { code: 'salon', names: en('Salon') });
    const { call: other } = await service().caller();
    expect((await other('GET', `${kinds}/salon`)).status).toBe(404);
    expect((await other('POST', `${kinds}/salon/retire`)).status).toBe(404);
    expect((await other('PATCH', `${kinds}/salon`, {}, { 'if-match': '"1"' })).status).toBe(404);
    const shipped = await call('GET', `${kinds}/forum`);
    expect(shipped.body).toMatchObject({ origin: 'shipped', status: 'active', actions: [] });
    const refused = { status: 409, body: { code: 'code-shipped' } };
    expect(await call('PATCH', `${kinds}/forum`, { names: en('Agora') }, { 'if-match': '"1"' })).toMatchObject(refused);
    expect(await call('POST', `${kinds}/forum/retire`)).toMatchObject(refused);
    expect((await call('POST', kinds, { code: 'forum', names: en('Forum') })).body).toMatchObject({
      code: 'code-exists',
    });
    expect((await call('GET', '/v1/code-lists/no-such-list/codes/forum')).status).toBe(404);
  });
});
