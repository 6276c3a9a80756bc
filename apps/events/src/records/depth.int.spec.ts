import { publishableEvent } from '../../test/publishable-event';
import { en } from '../../test/report-words';
import { type Answer, oneCaller } from '../../test/running-service';

const levels = 100;

describe('what lies in one another, a hundred deep', () => {
  const { call, enter } = oneCaller();

  const move = (path: string, id: string, parentId: string | null, version = 1): Promise<Answer> =>
    call('PATCH', `/v1/${path}/${id}`, { parentId }, { 'if-match': `"${version}"` });
  /** The ids, outermost first. */
  const nested = async (path: string, body: object): Promise<string[]> => {
    const ids: string[] = [];
    for (let level = 0; level < levels; level += 1) {
      ids.push(await enter(`/v1/${path}`, { ...body, parentId: ids.at(-1) ?? null }));
    }
    return ids;
  };

  it('is taken: events are published, each as part of the one above it, and moved together', async () => {
    const ids = await nested('events', { names: en('Part'), kind: 'ceremony' });
    const [outermost = '', ...parts] = ids;
    const { names: _names, kind: _kind, ...enough } = publishableEvent('') as Record<string, unknown>;
    await call('PATCH', `/v1/events/${outermost}`, enough, { 'if-match': '"1"' });
    for (const id of ids) expect((await call('POST', `/v1/events/${id}/publish`)).status).toBe(200);
    const innermost = parts.at(-1) ?? '';
    expect(await move('events', outermost, innermost, 3)).toMatchObject({
      status: 409,
      body: { code: 'event-cycle', errors: [{ pointer: '/parentId', code: 'event-cycle' }] },
    });
    const clone = await call('POST', `/v1/events/${outermost}/clone`, {});
    expect(clone.status).toBe(201);
  });

  it.each([
    ['organizations', { names: en('Office') }, 'organization-cycle'],
    ['places', { names: en('Room'), kind: 'hall' }, 'place-cycle'],
  ])('is taken of %s, and no circle of them', async (path, body, code) => {
    const ids = await nested(path, body);
    const [outermost = '', second = ''] = ids;
    for (const id of [ids.at(-1) ?? '', second, outermost]) {
      expect(await move(path, outermost, id)).toMatchObject({
        status: 409,
        body: { code, errors: [{ pointer: '/parentId', code }] },
      });
    }
    expect((await call('GET', `/v1/${path}/${outermost}`)).body).toMatchObject({ parentId: null, version: 1 });
    expect((await move(path, second, null)).status).toBe(200);
  });

  it.each([
    ['events', { names: en('Fair'), kind: 'fair' }],
    ['organizations', { names: en('Office') }],
    ['places', { names: en('Room'), kind: 'hall' }],
  ])('never becomes a circle of %s, whoever moves at the same moment', async (path, body) => {
    for (let round = 0; round < 5; round += 1) {
      const [one = '', two = '', three = ''] = await Promise.all([1, 2, 3].map(() => enter(`/v1/${path}`, body)));
      const moves = await Promise.all([move(path, one, two), move(path, two, three), move(path, three, one)]);
      expect(moves.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    }
  });

  it.each([['speaker'], ['names'], ['venue']])('is refused in a body at /%s, with the place', async (field) => {
    const event = await enter('/v1/events', publishableEvent('Forum'));
    for (const depth of [levels, 10_000]) {
      const body = { speaker: { name: 'somebody' }, form: 'indirect', text: en('We look forward.'), [field]: 'DEEP' };
      const deep = `${'{"recalls":'.repeat(depth)}{}${'}'.repeat(depth)}`;
      const text = JSON.stringify(body).replace('"DEEP"', deep);
      const json = { 'content-type': 'application/json' };
      const refused = await call('POST', `/v1/events/${event}/statements`, text, json);
      const { errors } = refused.body as unknown as { errors: { pointer: string; code: string }[] };
      expect([refused.status, errors.map(({ code }) => code)]).toEqual([422, ['too-deep']]);
      expect(errors[0]?.pointer).toMatch(new RegExp(`^/${field}(/recalls){99}`));
    }
  });
});
