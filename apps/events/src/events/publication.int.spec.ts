import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../deploy/local/project-root';
import { publishableEvent } from '../../test/publishable-event';
import { all, en } from '../../test/report-words';
import { runService, type RunningService } from '../../test/running-service';

describe('what an event says of itself', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await runService();
  });
  afterAll(async () => {
    await service.stop();
  });

  it('publishes only what says when, where, by whom and in the languages of its series', async () => {
    const { call } = await service.caller();
    const series = { names: en('Forum'), kind: 'forum', requiredLanguages: ['zh', 'en'] };
    const seriesId = (await call('POST', '/v1/series', series)).body.id;
    const bare = { names: en('Forum 2030'), kind: 'forum', seriesId };
    const { id } = (await call('POST', '/v1/events', bare)).body;
    const refused = await call('POST', `/v1/events/${id}/publish`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'publication-incomplete' } });
    const { errors } = refused.body as unknown as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/names/texts/zh', '/startsAt', '/venue', '/hosts']);
    expect((await call('GET', `/v1/events/${id}`)).body).toMatchObject({ status: 'draft', version: 1 });
    const missing = {
      names: { texts: { zh: '2030论坛' } },
      date: { edtf: '2030' },
      mode: 'online',
      hosts: all({ name: en('Ministry of Commerce') }),
    };
    await call('PATCH', `/v1/events/${id}`, missing, { 'if-match': '"1"' });
    expect((await call('POST', `/v1/events/${id}/publish`)).body).toMatchObject({ status: 'published' });
    const part = { names: { original: 'zh', texts: { zh: '开幕式', en: 'Opening' } }, kind: 'ceremony', parentId: id };
    const opening = (await call('POST', '/v1/events', part)).body.id;
    expect((await call('POST', `/v1/events/${opening}/publish`)).body).toMatchObject({ status: 'published' });
    const emptied = await call(
      'PATCH',
      `/v1/events/${id}`,
      { date: null, hosts: null, kind: 'fair' },
      { 'if-match': '"3"' },
    );
    expect(emptied).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/startsAt' }, { pointer: '/hosts' }] },
    });
    expect((await call('GET', `/v1/events/${id}`)).body).toMatchObject({ kind: 'forum', version: 3 });
    await call('POST', `/v1/events/${opening}/postpone`);
    await call(
      'PATCH',
      `/v1/events/${opening}`,
      { names: { texts: { zh: null }, original: 'en' } },
      { 'if-match': '"3"' },
    );
    expect((await call('POST', `/v1/events/${opening}/open`)).body).toMatchObject({
      errors: [{ pointer: '/names/texts/zh', code: 'language-missing' }],
    });
  });

  it('is enough in the event that the README publishes', async () => {
    const { call } = await service.caller();
    const readme = readFileSync(join(projectRoot(), 'README.md'), 'utf8');
    const [, body = ''] = /post events '([^']+)'/.exec(readme) ?? [];
    const { id } = (await call('POST', '/v1/events', JSON.parse(body))).body;
    expect((await call('POST', `/v1/events/${id}/publish`)).body).toMatchObject({ status: 'published' });
    expect((await call('POST', `/v1/events/${id}/open`)).body).toMatchObject({ status: 'open' });
  });

  it('tells the instant of a local time in its zone, also where clocks skip or repeat an hour', async () => {
    const { call } = await service.caller();
    const times: [local: string, zone: string, at: string][] = [
      ['2030-05-01T09:00', 'Asia/Seoul', '2030-05-01T00:00:00.000Z'],
      ['2030-05-01T09:00', 'Asia/Shanghai', '2030-05-01T01:00:00.000Z'],
      ['2024-03-31T02:30', 'Europe/Paris', '2024-03-31T01:30:00.000Z'],
      ['2024-10-27T02:30', 'Europe/Paris', '2024-10-27T00:30:00.000Z'],
    ];
    for (const [local, zone, at] of times) {
      const event = await call('POST', '/v1/events', publishableEvent('Forum', { startsAt: { local, zone } }));
      const read = await call('GET', `/v1/events/${event.body.id}`);
      expect(read.body).toMatchObject({ startsAt: { local, zone, at } });
    }
  });

  it('refuses times that contradict each other, all at once, and writes nothing', async () => {
    const { call } = await service.caller();
    const at = (local: string): object => ({ local, zone: 'Asia/Seoul' });
    const wrong = publishableEvent('Forum', {
      endsAt: at('2030-05-01T08:59'),
      registrationWindow: { opens: at('2030-04-01T00:00'), closes: at('2030-03-01T00:00') },
      parentId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
    });
    const refused = await call('POST', '/v1/events', wrong);
    const { errors } = refused.body as unknown as { errors: { pointer: string; code: string }[] };
    expect(refused.status).toBe(422);
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/endsAt ends-before-start',
      '/registrationWindow/closes ends-before-start',
      '/parentId reference-unknown',
    ]);
    expect((await call('GET', '/v1/events')).body).toMatchObject({ items: [] });
  });
});
