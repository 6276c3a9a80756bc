import { eventCancelled, eventClosed } from '@expo-accord/contracts';
import { until } from '../../../../test/support/until';
import { publishableEvent } from '../../test/publishable-event';
import { en } from '../../test/report-words';
import { type Answer, oneCaller } from '../../test/running-service';

describe('an event that ends', () => {
  const { call, enter, service } = oneCaller();

  const act = (id: string, action: string, body: object = {}): Promise<Answer> =>
    call('POST', `/v1/events/${id}/${action}`, body);
  const statusOf = async (id: string): Promise<unknown> => (await call('GET', `/v1/events/${id}`)).body['status'];
  const part = async (parentId: string, ...actions: string[]): Promise<string> => {
    const id = await enter('/v1/events', publishableEvent('Part', { parentId }));
    for (const action of actions) expect((await act(id, action)).status).toBe(200);
    return id;
  };

  it('cancels its parts with itself, at any depth, with the reason, and tells of each', async () => {
    const expo = await enter('/v1/events', publishableEvent('Expo'));
    await act(expo, 'publish');
    const day = await part(expo, 'publish', 'open');
    const ceremony = await part(day, 'publish', 'open', 'start');
    const late = await part(day, 'publish', 'postpone');
    const over = await part(expo, 'publish', 'start', 'close');
    const draft = await part(expo);
    const planned = await enter('/v1/events', {
      names: en('Second meeting'),
      kind: 'forum',
      historical: true,
      status: 'planned',
      parentId: expo,
    });
    const reason = en('The hall has burnt down.');
    expect((await call('POST', `/v1/events/${expo}/cancel?dryRun=true`, { reason })).status).toBe(200);
    expect(await statusOf(day)).toBe('open');
    expect((await act(expo, 'cancel', { reason })).body).toMatchObject({ status: 'cancelled' });
    for (const id of [expo, day, ceremony, late]) {
      expect(await statusOf(id)).toBe('cancelled');
      const trail = (await call('GET', `/v1/events/${id}/status-changes`)).text;
      expect(trail).toContain('The hall has burnt down.');
      await until(
        () => service().wire.of(eventCancelled, id),
        ({ length }) => length === 1,
      );
    }
    expect(await Promise.all([over, draft, planned].map(statusOf))).toEqual(['closed', 'draft', 'planned']);
    expect(await act(draft, 'publish')).toMatchObject({ status: 409, body: { code: 'parent-is-cancelled' } });
    await call('PATCH', `/v1/events/${draft}`, { parentId: null }, { 'if-match': '"1"' });
    expect((await act(draft, 'publish')).status).toBe(200);
  });

  it('leaves a clone with all of its parts, also where it was cancelled', async () => {
    const expo = await enter('/v1/events', publishableEvent('Expo'));
    await act(expo, 'publish');
    await part(expo, 'publish');
    await act(expo, 'cancel');
    const { id } = (await act(expo, 'clone')).body;
    expect((await call('GET', `/v1/events?parentId=${id}`)).body).toMatchObject({ items: [{ status: 'draft' }] });
  });

  it('leaves a part that is known only as planned as it was when it is closed', async () => {
    const expo = await enter('/v1/events', publishableEvent('Expo'));
    await act(expo, 'publish');
    const planned = { names: en('Second meeting'), kind: 'forum', historical: true, status: 'planned', parentId: expo };
    const meeting = await enter('/v1/events', planned);
    await act(expo, 'start');
    expect((await act(expo, 'close')).body).toMatchObject({ status: 'closed' });
    await until(
      () => service().wire.of(eventClosed, expo),
      ({ length }) => length === 1,
    );
    const after = await call('GET', `/v1/events/${meeting}`);
    expect(after.body).toMatchObject({ status: 'planned', parentId: expo, version: 1, actions: ['publish', 'cancel'] });
    const told = await until(
      () => service().wire.about(meeting),
      ({ length }) => length > 0,
    );
    expect(told).toMatchObject([{ data: { status: 'planned' } }]);
  });
});
