import { until } from '../../../test/support/until';
import { ImportProgress } from '../src/imports/import-progress';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const lines = (count: number): string => ndjson(Array.from({ length: count }, () => signUpBody()));
const ndjsonType = { 'content-type': 'application/x-ndjson' };
const watched = (): number => service.app.get(ImportProgress).watched;

describe('the progress of an import', () => {
  it('is told until the import has ended', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const options = { headers: ndjsonType };
    const { body: job } = await tenant.send('POST', `/v1/events/${eventId}/imports`, lines(3_000), options);
    const { headers, text } = await tenant.get(`/v1/imports/${job.id}/progress`);
    expect(headers.get('content-type')).toBe('text/event-stream');
    const events = text.split('\n\n').filter((event) => event.startsWith('event: progress\nid: '));
    const jobs = events.map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '') as Record<string, number>);
    const processed = jobs.map((each) => each.processed ?? -1);
    expect(processed).toEqual(processed.toSorted((a, b) => a - b));
    expect(jobs.at(-1)).toMatchObject({ status: 'done', processed: 3_000, created: 3_000 });
    expect(watched()).toBe(0);
  });

  it('is told by any process, and goes on when the one that took the file goes away', async () => {
    const replica = await service.replica();
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const path = `/v1/events/${eventId}/imports`;
    const { body: job } = await replica.as(tenant).send('POST', path, lines(4_000), { headers: ndjsonType });
    const watching = tenant.get(`/v1/imports/${job.id}/progress`);
    await until(
      async () => (await tenant.get(`/v1/imports/${job.id}`)).body.processed,
      (processed) => Number(processed) >= 500,
    );
    await replica.stop();
    expect((await watching).text).toContain('"status":"done"');
    expect((await tenant.results(job.id)).map(({ line, outcome }) => [line, outcome])).toEqual(
      Array.from({ length: 4_000 }, (_, index) => [index + 1, 'created']),
    );
  });

  it('is told once more to whoever comes back, and no more to who has heard the end', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const { body: job } = await tenant.import(eventId, '', lines(1));
    const path = `/v1/imports/${job.id}/progress`;
    expect((await tenant.get(path, { headers: { 'last-event-id': '1' } })).text).toContain('"status":"done"');
    const heard = await tenant.get(path, { headers: { 'last-event-id': String(job.version) } });
    expect([heard.status, heard.text]).toEqual([204, '']);
    expect((await service.tenant().get(path)).status).toBe(404);
  });

  it('leaves nothing behind when the one who watches goes away', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    // Its body is still on the way, so that the import does not end by itself.
    const sending = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Buffer.from(lines(500)));
      },
    });
    const sent = tenant.request('POST', `/v1/events/${eventId}/imports`, {
      ...{ headers: ndjsonType, body, duplex: 'half', signal: sending.signal },
    });
    sent.catch(() => undefined);
    const [job] = await until(
      async () => (await tenant.get('/v1/imports')).body.items as { id: string }[],
      ({ length }) => length === 1,
    );
    const watching = new AbortController();
    const { signal } = watching;
    const response = await tenant.request('GET', `/v1/imports/${job?.id ?? ''}/progress`, { signal });
    const first = (await response.body?.getReader().read())?.value as Uint8Array;
    expect(Buffer.from(first).toString()).toContain('"status":"receiving"');
    expect(watched()).toBe(1);
    watching.abort();
    await until(watched, (count) => count === 0);
    sending.abort();
  });
});
