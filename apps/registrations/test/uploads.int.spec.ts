import { gzipSync } from 'node:zlib';
import { eventCancelled } from '@expo-accord/contracts';
import { encode } from 'iconv-lite';
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

const header = 'externalRefs.0.system,externalRefs.0.id,category,person.name.texts.ko,person.name.order,person.email';

interface Upload {
  readonly type?: string;
  readonly encoding?: string;
}

const send = async (tenant: Tenant, eventId: string, body: string | Buffer, upload: Upload): Promise<Answer> => {
  const { type = 'text/csv', encoding } = upload;
  const headers = { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) };
  const answer = await tenant.send('POST', `/v1/events/${eventId}/imports`, body, { headers });
  return answer.status === 202 ? tenant.imported(answer.body.id) : answer;
};

const namesIn = async (tenant: Tenant, eventId: string): Promise<unknown[]> => {
  const { items } = (await tenant.get(`/v1/events/${eventId}/registrations`)).body;
  return (items as { person: { name: { texts: { ko: string } } } }[]).map(({ person }) => person.name.texts.ko);
};

describe('an import as CSV', () => {
  it('answers each record with a result, at the line where it begins', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const file = [
      `${header},organization.name,formVersion,answers.diet`,
      'expo-a,1,buyer,김민수,familyFirst,a@example.org,"Umbrella\r\nHarbour, Inc.",2,"no ""meat"""',
      'expo-a,2,buyer,이민수,familyFirst,,,,',
      'expo-a,3,buyer,박민수,familyFirst,nowhere,Umbrella, Inc.,2,fish',
      'expo-a,4,press,최민수,familyFirst,,,two,',
    ].join('\r\n');
    const { body: job } = await send(tenant, eventId, file, {});
    expect(job).toMatchObject({ status: 'done', lines: 4, created: 2, refused: 2 });
    const results = await tenant.results(job.id);
    expect(results).toMatchObject([
      { line: 2, outcome: 'created', externalRefs: [{ system: 'expo-a', id: '1' }] },
      { line: 4, outcome: 'created' },
      { line: 5, code: 'invalid' },
      { line: 6, code: 'invalid' },
    ]);
    const pointers = (results[2]?.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(new Set(pointers)).toEqual(new Set(['/column 10', '/formVersion', '/person/email']));
    expect(JSON.stringify(results[3]?.errors)).toContain('"/formVersion"');
    const first = (await tenant.get(`/v1/registrations/${String(results[0]?.registrationId)}`)).body;
    expect(first).toMatchObject({
      organization: { name: 'Umbrella\r\nHarbour, Inc.' },
      formVersion: 2,
      answers: { diet: 'no "meat"' },
      person: { email: 'a@example.org' },
    });
  });

  it.each([
    ['UTF-8 with a byte order mark', 'text/csv', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['GB18030', 'text/csv; charset=GB18030', (text: string) => encode(text, 'gb18030')],
    ['EUC-KR', 'text/csv;charset="euc-kr"', (text: string) => encode(text, 'cp949')],
  ])('is read in %s', async (_, type, encoded) => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const file = `${header}\r\nexpo-a,1,buyer,똠방 金民洙,familyFirst,\r\n`;
    expect((await send(tenant, eventId, encoded(file), { type })).body).toMatchObject({ created: 1, refused: 0 });
    expect(await namesIn(tenant, eventId)).toEqual(['똠방 金民洙']);
  });

  it('is refused as a whole where it cannot be read, and leaves nothing behind', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const record = 'expo-a,1,buyer,김민수,familyFirst,';
    const bodies: [body: string | Buffer, upload: Upload][] = [
      [`${header},person.shoeSize\n${record},43\n`.repeat(5_000), {}],
      [encode(`${header}\n${record}\n`, 'cp949'), {}],
      [`${header}\n"${record}\n`, {}],
      [`${header}\n`, {}],
      [`${header}\n${record}\n`, { type: 'text/csv; charset=shift_jis' }],
      [`${header}\n${record}\n`, { encoding: 'gzip' }],
      [`${header}\n${record}\n`, { encoding: 'br' }],
    ];
    const answers = await Promise.all(bodies.map(([body, upload]) => send(tenant, eventId, body, upload)));
    expect(answers.map(({ status, body }) => [status, body.code, body.line])).toEqual([
      [422, 'csv-header-invalid', undefined],
      [400, 'encoding-malformed', 2],
      [400, 'csv-malformed', 2],
      [422, 'invalid', undefined],
      [415, 'charset-unsupported', undefined],
      [400, 'gzip-malformed', undefined],
      [415, 'media-type-unsupported', undefined],
    ]);
    expect(answers[0]?.body.errors).toMatchObject([{ pointer: '/person/shoeSize', code: 'unknown-field' }]);
    expect((await tenant.get('/v1/imports')).body.items).toEqual([]);
  });
});

describe('an import as NDJSON', () => {
  it('begins behind a byte order mark', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = `\uFEFF${ndjson([signUpBody(), signUpBody()])}`;
    const { body: job } = await send(tenant, eventId, body, { type: 'application/x-ndjson' });
    expect(job).toMatchObject({ created: 2, refused: 0 });
  });

  it('may come in gzip', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = gzipSync(ndjson(Array.from({ length: 1_200 }, () => signUpBody())));
    const upload = { type: 'application/x-ndjson', encoding: 'gzip' };
    expect((await send(tenant, eventId, body, upload)).body).toMatchObject({ lines: 1_200, created: 1_200 });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    const refused = await send(tenant, eventId, bomb, upload);
    expect([refused.status, refused.body.code]).toEqual([413, 'body-expands-too-much']);
    expect((await tenant.get('/v1/imports')).body.items).toHaveLength(1);
  });
});

describe('an import with an Idempotency-Key', () => {
  it('is one job however often it is sent at the same time', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    // Nothing in these tells one person from another, or one line from the next.
    const person = { name: { texts: { ko: '김민수' }, order: 'familyFirst' } };
    const lines = Array.from({ length: 600 }, () => signUpBody({ externalRefs: [], person }));
    const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'at-once' };
    const slow = (): { end: () => void; answer: Promise<Response> } => {
      let end!: () => void;
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(Buffer.from(ndjson(lines)));
          end = () => {
            controller.close();
          };
        },
      });
      const path = `/v1/events/${eventId}/imports`;
      return {
        answer: tenant.request('POST', path, { headers, body, duplex: 'half' }),
        end: () => {
          end();
        },
      };
    };
    const uploads = [slow(), slow()];
    await eventually(async () => {
      const jobs = (await tenant.get('/v1/imports?status=receiving')).body.items as Answer['body'][];
      return jobs.filter((job) => job.lines === 500).length === 2 ? true : undefined;
    });
    for (const { end } of uploads) end();
    const answers = await Promise.all(uploads.map(({ answer }) => answer));
    const [first, second] = (await Promise.all(answers.map((answer) => answer.json()))) as Answer['body'][];
    expect([answers.map(({ status }) => status), second?.id]).toEqual([[202, 202], first?.id]);
    expect(answers.map((answer) => answer.headers.get('location'))).toEqual(Array(2).fill(`/v1/imports/${first?.id}`));
    expect((await tenant.imported(String(first?.id))).body).toMatchObject({ status: 'done', created: 600 });
    expect((await tenant.get('/v1/imports')).body.items).toHaveLength(1);
    expect((await tenant.get(`/v1/events/${eventId}/breakdown`)).body.total).toMatchObject({ registered: 600 });
    expect(await service.db.query('SELECT 1 FROM import_chunk')).toEqual([]);
  });
});

describe('an import that cannot go on', () => {
  const headers = { 'content-type': 'application/x-ndjson' };

  it('stops when its event is cancelled, and forgets the lines; one of history goes on', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const lines = ndjson(Array.from({ length: 600 }, () => signUpBody()));
    let end!: () => void;
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from(lines));
        end = () => {
          controller.close();
        };
      },
    });
    const path = `/v1/events/${eventId}/imports`;
    const sending = tenant.request('POST', path, { headers, body, duplex: 'half' });
    await service.wire.say(eventCancelled, tenant.id, eventId, { eventId, status: 'cancelled' });
    await eventually(async () => {
      const { eventStatus } = (await tenant.get(`/v1/events/${eventId}/availability`)).body;
      return eventStatus === 'cancelled' ? true : undefined;
    });
    end();
    const { id } = (await (await sending).json()) as { id: string };
    expect((await tenant.imported(id)).body).toMatchObject({ status: 'cancelled', lines: 600, processed: 0 });
    expect(await service.db.query('SELECT 1 FROM import_chunk WHERE job_id = $1', [id])).toEqual([]);
    expect((await tenant.import(eventId, 'historical=true', lines)).body).toMatchObject({
      status: 'done',
      created: 600,
    });
  });

  it('stays cancelled when that is said while it is being sent, and keeps none of its lines', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const lines = (count: number): Buffer => Buffer.from(ndjson(Array.from({ length: count }, () => signUpBody())));
    let rest!: () => void;
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(lines(600));
        rest = () => {
          controller.enqueue(lines(600));
          controller.close();
        };
      },
    });
    const sending = tenant.request('POST', `/v1/events/${eventId}/imports`, { headers, body, duplex: 'half' });
    const id = await eventually(async () => {
      const [job] = (await tenant.get(`/v1/events/${eventId}/imports`)).body.items as Answer['body'][];
      return job?.lines === 500 ? job.id : undefined;
    });
    expect((await tenant.post(`/v1/imports/${id}/cancel`)).body.status).toBe('cancelled');
    rest();
    const answer = await sending;
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'import-cancelled' }]);
    expect((await tenant.get(`/v1/imports/${id}`)).body).toMatchObject({ status: 'cancelled', lines: 500 });
    expect(await service.db.query('SELECT 1 FROM import_chunk WHERE job_id = $1', [id])).toEqual([]);
  });

  it('rests, and keeps no other from its turn', async () => {
    const tenant = service.tenant();
    const [stuck, other] = [await tenant.openEvent(), await tenant.openEvent()];
    // As PostgreSQL says it when two transactions were in each other's way: it may pass, so the job is never given up.
    await service.db.query(`CREATE FUNCTION be_in_the_way() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = 'serialization_failure'; END $$`);
    await service.db.query(`CREATE TRIGGER in_the_way BEFORE INSERT ON registration FOR EACH ROW
      WHEN (NEW.event_id = '${stuck}') EXECUTE FUNCTION be_in_the_way()`);
    const line = (): string => ndjson([signUpBody()]);
    const { body: first } = await tenant.send('POST', `/v1/events/${stuck}/imports`, line(), { headers });
    expect((await tenant.import(other, '', line())).body).toMatchObject({ status: 'done', created: 1 });
    expect((await tenant.import(other, '', line())).body).toMatchObject({ status: 'done', created: 1 });
    expect((await tenant.get(`/v1/imports/${first.id}`)).body).toMatchObject({ status: 'queued', processed: 0 });
    await service.db.query('DROP FUNCTION be_in_the_way CASCADE');
    expect((await tenant.imported(first.id)).body).toMatchObject({ status: 'done', created: 1 });
  });
});
