import { newId } from '@expo-accord/database';
import { connected } from '../../../../test/support/infrastructure';
import { until } from '../../../../test/support/until';
import { publishableEvent } from '../../test/publishable-event';
import { all, en } from '../../test/report-words';
import { type Answer, oneCaller } from '../../test/running-service';

describe('two organisations', () => {
  const { call, enter, service } = oneCaller();

  const organization = (name: string, more: object = {}): Promise<string> =>
    enter('/v1/organizations', { names: en(name), ...more });
  const merge = (id: string, intoId: string, version = 1): Promise<Answer> =>
    call('POST', `/v1/organizations/${id}/merge`, { intoId }, { 'if-match': `"${version}"` });
  const read = async (path: string): Promise<object> => (await call('GET', `/v1/${path}`)).body;

  it('stay two where they cannot become one, with the reason', async () => {
    const other = await service().caller();
    const one = await organization('One');
    const two = await organization('Two');
    const gone = await organization('Gone');
    await merge(gone, two);
    const part = await organization('Part', { parentId: one });
    const deeper = await organization('Deeper', { parentId: part });
    const theirs = (await other.call('POST', '/v1/organizations', { names: en('Theirs') })).body.id;

    const into = (code: string): object => ({ status: 422, body: { errors: [{ pointer: '/intoId', code }] } });
    expect(await merge(one, one.toUpperCase())).toMatchObject(into('merged-into-itself'));
    expect(await merge(one, gone)).toMatchObject(into('reference-merged'));
    expect(await merge(one, theirs)).toMatchObject(into('reference-unknown'));
    expect(await merge(one, newId())).toMatchObject(into('reference-unknown'));
    expect(await merge(one, 'x')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/intoId' }] },
    });
    expect(await merge(theirs, one)).toMatchObject({ status: 404 });
    expect(await merge(gone, one, 2)).toMatchObject({
      status: 409,
      body: { code: 'already-merged', mergedIntoId: two },
    });
    expect(await merge(one, deeper)).toMatchObject({
      status: 409,
      body: { code: 'organization-cycle' },
    });
    expect(await merge(one, two, 7)).toMatchObject({ status: 412, body: { code: 'version-stale' } });
    expect((await call('POST', `/v1/organizations/${one}/merge`, { intoId: two })).status).toBe(428);
    expect(await read(`organizations/${one}`)).toMatchObject({ mergedIntoId: null, version: 1 });
    expect((await merge(deeper, one)).status).toBe(200);
  });

  it('become one once, and not each the other, however many ask at once', async () => {
    const one = await organization('One');
    const two = await organization('Two');
    const three = await organization('Three');
    const answers = await Promise.all([merge(one, two), merge(one, three), merge(two, one)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const shown = (await call('GET', '/v1/organizations?limit=500')).body as unknown as { items: { id: string }[] };
    expect(shown.items.filter(({ id }) => [one, two, three].includes(id))).toHaveLength(2);
  });

  it('are never merged into one that becomes a duplicate meanwhile', async () => {
    const [one, two, three] = [await organization('One'), await organization('Two'), await organization('Three')];
    const { db } = service();
    const waiting = (howMany: number): Promise<unknown> =>
      until(
        () =>
          db.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`),
        ({ length }) => length === howMany,
      );
    // Whoever holds the second organisation keeps both mergers waiting until each has seen all that it looks at before.
    const [second, first] = await connected(db.url, db.schema, async (holder) => {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM organization WHERE id = $1 FOR NO KEY UPDATE', [two]);
      const intoThree = merge(two, three);
      await waiting(1);
      const intoTwo = merge(one, two);
      await waiting(2);
      await holder.query('COMMIT');
      return Promise.all([intoThree, intoTwo]);
    });
    expect(second).toMatchObject({ status: 200, body: { mergedIntoId: three } });
    expect(first).toMatchObject({ status: 422, body: { errors: [{ pointer: '/intoId', code: 'reference-merged' }] } });
    expect(await read(`organizations/${one}`)).toMatchObject({ mergedIntoId: null });
  });

  it('leave no reference behind that is entered at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const kept = await organization('Kept');
      const twin = await organization('Twin');
      const hosts = all({ organizationId: twin });
      const [merged, ...entered] = await Promise.all([
        merge(twin, kept),
        ...Array.from({ length: 6 }, () => call('POST', '/v1/events', publishableEvent('Forum', { hosts }))),
      ]);
      expect(merged.status).toBe(200);
      for (const { status, body } of entered) {
        if (status === 201)
          expect(await read(`events/${body.id}`)).toMatchObject({ hosts: all({ organizationId: kept }) });
        else expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ code: 'reference-merged' }] } });
      }
    }
  });
});
