import { registrationCheckedIn } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../test/support/eventually';
import { type RunningService, startService } from './service';
import { type Answer, scanBody, signUpBody, type Tenant } from './tenant';

let service: RunningService;
let tenant: Tenant;
let eventId: string;

beforeAll(async () => {
  service = await startService();
  tenant = service.tenant();
  eventId = await tenant.openEvent({ buyer: null }, { endsAt: null });
});

afterAll(async () => {
  await service.stop();
});

type Json = Record<string, unknown>;

const signUp = async (): Promise<string> => tenant.signUp(eventId);
const statusOf = async (id: string): Promise<unknown> => (await tenant.get(`/v1/registrations/${id}`)).body.status;
const scan = async (changes: Json): Promise<Answer> =>
  tenant.post(`/v1/events/${eventId}/check-ins`, scanBody(changes));
const batch = async (scans: readonly Json[]): Promise<Answer> =>
  tenant.post(`/v1/events/${eventId}/check-ins/batch`, { scans });
const results = ({ body }: Answer): Json[] => body.items as Json[];

describe('one scan', () => {
  it('lets somebody in, is told of once, and is found again', async () => {
    const id = await signUp();
    const ticket = await tenant.ticketOf(id);
    const first = await scan({ ticket, scanId: `first-${id}` });
    expect([first.status, first.headers.get('location')]).toEqual([201, `/v1/check-ins/${first.body.id}`]);
    expect(first.body).toMatchObject({
      registrationId: id,
      outcome: 'entered',
      conflict: null,
      ticketNumber: 1,
      day: '2030-10-17',
    });
    expect((await tenant.get(`/v1/check-ins/${first.body.id}`)).body).toEqual(first.body);
    expect(await statusOf(id)).toBe('checkedIn');
    await scan({ ticket, direction: 'out', scannedAt: '2030-10-17T12:00:00Z' });
    expect((await scan({ ticket, scannedAt: '2030-10-17T13:00:00Z' })).body.outcome).toBe('reEntered');
    const message = await eventually(() => service.wire.of(registrationCheckedIn, id)[0]);
    expect(message).toMatchObject({ correlationId: first.headers.get('x-request-id'), data: { status: 'checkedIn' } });
    expect(service.wire.of(registrationCheckedIn, id)).toHaveLength(1);
    expect(service.wire.violations()).toEqual([]);
  });

  it('sent again changes nothing; another under the same id is refused', async () => {
    const id = await signUp();
    const body = scanBody({ registrationId: id });
    const path = `/v1/events/${eventId}/check-ins`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => tenant.post(path, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(7).fill(200), 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const other = await tenant.post(path, { ...body, gate: 'south' });
    expect([other.status, other.body.code, other.body.checkInId]).toEqual([409, 'scan-id-reused', answers[0]?.body.id]);
  });

  it('of many at once each has its own answer, with and without a key', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, signUp));
    const shown = [
      ...ids.map((registrationId) => ({ registrationId })),
      { ticket: 'https://example.org' },
      { registrationId: newId() },
    ];
    const answers = await Promise.all(
      shown.map((each, index) => {
        const headers: Record<string, string> = index % 5 === 0 ? { 'idempotency-key': newId() } : {};
        return tenant.post(`/v1/events/${eventId}/check-ins`, scanBody(each), { headers });
      }),
    );
    expect(answers.map(({ body }) => body.registrationId)).toEqual([...ids, null, null]);
    expect(answers.slice(-2).map(({ body }) => body.conflict)).toEqual(['signature-invalid', 'registration-unknown']);
    expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'checkedIn'));
    const message = await eventually(() => service.wire.of(registrationCheckedIn, ids[7] ?? '')[0]);
    expect(message.correlationId).toBe(answers[7]?.headers.get('x-request-id'));
  });

  it('is refused with the wrong field named', async () => {
    const wrong = await scan({ scannedAt: '2030-02-30T09:00:00Z', registrationId: newId(), colour: 1 });
    const pointers = (wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([wrong.status, pointers.sort()]).toEqual([422, ['/colour', '/scannedAt']]);
    expect((await scan({})).body.errors).toMatchObject([{ pointer: '/ticket', code: 'one-of' }]);
    const unknown = await tenant.post(`/v1/events/${newId()}/check-ins`, scanBody({ registrationId: newId() }));
    expect([unknown.status, unknown.body.code]).toEqual([404, 'event-not-yet-known']);
  });
});

describe('checking in by hand', () => {
  it('is done once, rehearsed without a trace, and counted as a scan', async () => {
    const id = await signUp();
    expect((await tenant.post(`/v1/registrations/${id}/check-in?dryRun=true`)).body.status).toBe('checkedIn');
    expect(await statusOf(id)).toBe('confirmed');
    expect((await tenant.post(`/v1/registrations/${id}/check-in`)).body).toMatchObject({
      status: 'checkedIn',
      version: 2,
    });
    const again = await tenant.post(`/v1/registrations/${id}/check-in`);
    expect([again.status, again.body.actions]).toEqual([409, ['reissue-ticket']]);
    const { items } = (await tenant.get(`/v1/events/${eventId}/check-ins?registrationId=${id}`)).body;
    expect(items).toMatchObject([{ registrationId: id, outcome: 'entered', gate: null, ticketNumber: null }]);
  });
});

describe('a batch of scans', () => {
  it('has a result for each, keeps its conflicts as data, and comes to the same when it is sent again', async () => {
    const [one, gone] = [await signUp(), await signUp()];
    const [ticket, ended] = [await tenant.ticketOf(one), await tenant.ticketOf(gone)];
    await tenant.post(`/v1/registrations/${gone}/cancel`);
    const late = scanBody({ ticket, gate: 'south', scannedAt: '2030-10-17T00:01:00Z' });
    const early = scanBody({ ticket, scannedAt: '2030-10-17T00:00:00Z' });
    const forged = scanBody({ ticket: `${ticket.slice(0, -4)}AAAA` });
    const scans = [
      late,
      forged,
      scanBody({ ticket: ended }),
      { ...early, gate: 'east', scanId: late.scanId },
      early,
      early,
    ];
    const told = results(await batch(scans));
    expect(told.map(({ outcome, code, repeated }) => [outcome, code, repeated])).toEqual([
      ['conflict', 'two-gates-at-once', false],
      ['conflict', 'signature-invalid', false],
      ['conflict', 'registration-cancelled', false],
      ['refused', 'scan-id-reused', false],
      ['entered', null, false],
      ['entered', null, true],
    ]);
    const again = results(await batch([...scans].reverse())).reverse();
    expect(again.map(({ outcome, code }) => [outcome, code])).toEqual(told.map(({ outcome, code }) => [outcome, code]));
    const path = `/v1/events/${eventId}/check-ins?conflict=true&registrationId=${one}`;
    expect((await tenant.get(path)).body.items).toMatchObject([{ scanId: late.scanId, conflict: 'two-gates-at-once' }]);
  });

  it('makes a conflict of what was let in when the earlier scan comes later, and says so to who reads changes', async () => {
    const id = await signUp();
    const ticket = await tenant.ticketOf(id);
    const late = (await scan({ ticket, gate: 'south', scannedAt: '2030-10-17T00:01:00Z' })).body;
    expect(late.outcome).toBe('entered');
    const [early] = results(await batch([scanBody({ ticket, scannedAt: '2030-10-17T00:00:00Z' })]));
    expect(early?.outcome).toBe('entered');
    const since = encodeURIComponent(String(late.updatedAt));
    const { items } = (await tenant.get(`/v1/events/${eventId}/check-ins?changedSince=${since}&registrationId=${id}`))
      .body;
    expect(items).toMatchObject([{ id: late.id, outcome: 'conflict' }, { outcome: 'entered' }]);
  });

  it('may hold 500 scans and not 501, and each wrong one is named by its place', async () => {
    const unread = Array.from({ length: 501 }, (_, index) => scanBody({ ticket: 'x', scanId: `unread-${index}` }));
    const refused = await batch(unread);
    const detail = expect.stringContaining('500 at most') as string;
    expect(refused.body.errors).toMatchObject([{ pointer: '/scans', code: 'array-max-size', detail }]);
    expect(results(await batch(unread.slice(1)))).toHaveLength(500);
    const wrong = await batch([
      scanBody({ ticket: 'x' }),
      scanBody({}),
      { ...scanBody({ ticket: 'x' }), day: 'Monday' },
    ]);
    const pointers = (wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([wrong.status, new Set(pointers)]).toEqual([422, new Set(['/scans/2/day'])]);
    expect((await batch([scanBody({ ticket: 'x' }), scanBody({})])).body.errors).toMatchObject([
      { pointer: '/scans/1/ticket' },
    ]);
  });

  it('by two gates at once comes to what they come to one after the other', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, signUp));
    const scans = ids.map((registrationId) => scanBody({ registrationId }));
    const answers = await Promise.all([batch(scans), batch([...scans].reverse()), batch(scans)]);
    const checkIns = answers.map((answer) =>
      results(answer)
        .map(({ checkInId }) => checkInId)
        .sort(),
    );
    expect(checkIns).toEqual([checkIns[0], checkIns[0], checkIns[0]]);
    expect(answers.flatMap(results).filter(({ repeated }) => repeated === false)).toHaveLength(20);
  });

  it('of what could not be read, for which no registration stands still, is kept once', async () => {
    const unread = Array.from({ length: 200 }, () => scanBody({ ticket: 'unread' }));
    const answers = await Promise.all([batch(unread), batch([...unread].reverse()), batch(unread), batch(unread)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.flatMap(results).filter(({ repeated }) => repeated === false)).toHaveLength(200);
  });
});

describe('what the event asks before entry', () => {
  const asked = ['health', 'visa'].map((code) => ({ code, text: { original: 'en', texts: { en: code } } }));

  it('keeps everybody out until it is satisfied, and lets in afterwards who was by then', async () => {
    const own = await tenant.openEvent({ buyer: null }, { endsAt: null, entryConditions: asked });
    const registrationId = await tenant.signUp(own);
    const [path, seen] = [`/v1/registrations/${registrationId}`, { conditionsMet: ['visa'] }];
    const first = scanBody({ registrationId, scannedAt: '2030-10-17T09:00:00Z' });
    const later = scanBody({ registrationId, scannedAt: '2030-10-17T10:00:00Z', ...seen });
    const told = results(await tenant.post(`/v1/events/${own}/check-ins/batch`, { scans: [later, first] }));
    expect(told.map((each) => each.conditionsUnmet)).toEqual([['health'], ['health', 'visa']]);
    const { status, body } = await tenant.post(`${path}/check-in`);
    expect([status, body.code, body.conditionsUnmet]).toEqual([409, 'entry-condition-unmet', ['health', 'visa']]);
    const wrong = await tenant.post(`${path}/entry-conditions`, { code: 'visum' });
    expect(wrong.body.errors).toMatchObject([{ pointer: '/code', code: 'condition-unknown' }]);
    await tenant.post(`${path}/entry-conditions`, { code: 'health', at: '2030-10-17T09:30:00Z' });
    expect(await statusOf(registrationId)).toBe('checkedIn');
    const { items } = (await tenant.get(`/v1/events/${own}/check-ins`)).body;
    expect(items).toMatchObject([{ conflict: 'entry-condition-unmet' }, { outcome: 'entered', ...seen }]);
    const list = results(await tenant.get(`${path}/entry-conditions`));
    expect(list.map(({ code, satisfied }) => [code, satisfied])).toEqual(asked.map(({ code }) => [code, false]));
    expect((await service.tenant().get(`${path}/entry-conditions`)).status).toBe(404);
  });
});

describe('the check-ins of an event', () => {
  it('are listed page by page and counted by day', async () => {
    const own = await tenant.openEvent({ buyer: null }, { endsAt: null });
    const { id } = (await tenant.post(`/v1/events/${own}/registrations`, signUpBody())).body;
    const times = ['2030-10-17T09:00:00Z', '2030-10-17T10:00:00Z', '2030-10-18T09:00:00Z'];
    const scans = [...times.map((scannedAt) => scanBody({ registrationId: id, scannedAt })), scanBody({ ticket: 'x' })];
    await tenant.post(`/v1/events/${own}/check-ins/batch`, { scans });
    const page = (await tenant.get(`/v1/events/${own}/check-ins?limit=3`)).body;
    expect([(page.items as Json[]).length, typeof page.nextCursor]).toEqual([3, 'string']);
    const rest = (await tenant.get(`/v1/events/${own}/check-ins?cursor=${String(page.nextCursor)}`)).body;
    expect([(rest.items as Json[]).length, rest.nextCursor]).toEqual([1, null]);
    const { byDay, total } = (await tenant.get(`/v1/events/${own}/breakdown`)).body;
    expect(byDay).toEqual([
      { day: '2030-10-17', entered: 1, reEntered: 1, left: 0, conflicts: 1 },
      { day: '2030-10-18', entered: 1, reEntered: 0, left: 0, conflicts: 0 },
    ]);
    expect(total).toMatchObject({ registered: 1, checkedIn: 1 });
  });

  it('are nothing to another tenant, nor is its own registration let in here', async () => {
    const other = service.tenant();
    const elsewhere = await other.openEvent();
    const { id } = (await other.post(`/v1/events/${elsewhere}/registrations`, signUpBody())).body;
    const ticket = (await other.get(`/v1/registrations/${id}/ticket`)).body.token;
    expect((await scan({ registrationId: id })).body.conflict).toBe('registration-unknown');
    const here = (await scan({ ticket })).body;
    expect(here).toMatchObject({ conflict: 'wrong-event', registrationId: null });
    expect((await other.get(`/v1/events/${eventId}/check-ins`)).status).toBe(404);
    expect((await other.get(`/v1/check-ins/${here.id}`)).status).toBe(404);
  });
});
