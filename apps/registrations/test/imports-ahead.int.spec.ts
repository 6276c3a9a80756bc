import { eventCancelled } from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { type RunningService, startService } from './service';
import { type Answer, ndjson, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

type Body = Record<string, unknown>;

const bodies = (count: number): Body[] => Array.from({ length: count }, () => signUpBody());

async function send(tenant: Tenant, eventId: string, lines: readonly Body[]): Promise<string> {
  const headers = { 'content-type': 'application/x-ndjson' };
  return (await tenant.send('POST', `/v1/events/${eventId}/imports`, ndjson(lines), { headers })).body.id;
}

/** Whoever writes the results of a first chunk waits until this is called; the second is checked in the meantime. */
async function holdFirstChunk(): Promise<() => Promise<void>> {
  await service.db.query(`CREATE FUNCTION wait_while_held() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$`);
  await service.db.query(`CREATE TRIGGER held BEFORE INSERT ON import_result FOR EACH ROW
    WHEN (NEW.number = 1) EXECUTE FUNCTION wait_while_held()`);
  return service.db.hold('SELECT pg_advisory_xact_lock(1)');
}

const areWaiting = async (count: number): Promise<true | undefined> =>
  (await service.db.waiting()).length === count ? true : undefined;

/** Each import rests behind its first chunk, with the second one checked; back when that one does. */
async function importedToFirst(tenant: Tenant, eventId: string, lines: readonly Body[]): Promise<string> {
  await service.db.query(`CREATE FUNCTION rest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.rests_until = now() + interval '1 hour'; RETURN NEW; END $$`);
  await service.db.query(`CREATE TRIGGER rest BEFORE UPDATE ON import_job FOR EACH ROW
    WHEN (NEW.chunks_done = 1 AND OLD.chunks_done = 0) EXECUTE FUNCTION rest()`);
  const id = await send(tenant, eventId, lines);
  await eventually(async () => ((await tenant.get(`/v1/imports/${id}`)).body.processed === 500 ? true : undefined));
  await service.db.query('DROP FUNCTION rest CASCADE');
  return id;
}

const endRest = async (id: string): Promise<unknown> =>
  service.db.query('UPDATE import_job SET rests_until = NULL WHERE id = $1', [id]);

describe('a chunk that was checked ahead', () => {
  it('is read again when somebody was erased from it since', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = signUpBody();
    const { id: registrationId } = (await tenant.post(`/v1/events/${eventId}/registrations`, body)).body;
    const release = await holdFirstChunk();
    const id = await send(tenant, eventId, [...bodies(500), { ...body, mode: 7 }, body, ...bodies(98)]);
    await eventually(() => areWaiting(1));
    const erasing: Promise<Answer> = tenant.post(`/v1/registrations/${registrationId}/erase`);
    // It is the next to own the event: the second chunk comes behind it.
    await eventually(() => areWaiting(2));
    await release();
    expect((await erasing).status).toBe(200);
    expect((await tenant.imported(id)).body).toMatchObject({ created: 598, erased: 2, refused: 0 });
    expect((await tenant.results(id)).slice(500, 503)).toMatchObject([
      { line: 501, outcome: 'erased', code: 'person-erased', externalRefs: [] },
      { line: 502, outcome: 'erased', code: 'person-erased', externalRefs: [] },
      { line: 503, outcome: 'created' },
    ]);
    await service.db.query('DROP FUNCTION wait_while_held CASCADE');
  });

  it('is dropped when another process has gone on from there', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const id = await importedToFirst(tenant, eventId, bodies(1_100));
    // What another process does to the job when it works through the second chunk.
    await service.db.query('DELETE FROM import_chunk WHERE job_id = $1 AND number = 2', [id]);
    await service.db.query(`INSERT INTO import_result (job_id, number, results) VALUES ($1, 2, '')`, [id]);
    await service.db.query('UPDATE import_job SET chunks_done = 2 WHERE id = $1', [id]);
    await endRest(id);
    await eventually(async () => ((await tenant.get(`/v1/imports/${id}`)).body.status === 'done' ? true : undefined));
    expect((await tenant.get(`/v1/imports/${id}`)).body).toMatchObject({ created: 600 });
    const lines = (await tenant.results(id)).map(({ line }) => line);
    expect([lines.length, lines[499], lines[500], lines.at(-1)]).toEqual([600, 500, 1_001, 1_100]);
  });

  it('is not imported when the import or its event was cancelled', async () => {
    for (const what of ['import', 'event']) {
      const tenant = service.tenant();
      const eventId = await tenant.openEvent();
      const id = await importedToFirst(tenant, eventId, bodies(1_100));
      if (what === 'import') await tenant.post(`/v1/imports/${id}/cancel`);
      else await service.wire.say(eventCancelled, tenant.id, eventId, { eventId, status: 'cancelled' });
      await eventually(async () => {
        const { eventStatus } = (await tenant.get(`/v1/events/${eventId}/availability`)).body;
        return what === 'import' || eventStatus === 'cancelled' ? true : undefined;
      });
      await endRest(id);
      // Whoever waited longest comes first: once a later one is done, this one has had its turn.
      await tenant.import(await tenant.openEvent(), '', ndjson(bodies(1)));
      expect((await tenant.imported(id)).body).toMatchObject({ status: 'cancelled', created: 500 });
      expect(await service.db.query('SELECT 1 FROM import_chunk WHERE job_id = $1', [id])).toEqual([]);
    }
  });
});
