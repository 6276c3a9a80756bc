import { newId } from '@expo-accord/database';
import { until } from '../../../test/support/until';
import { QuotaService } from '../src/tickets/quota.service';
import { type RunningService, startService } from './service';
import { ndjson, scanBody, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('quotas of sessions and sides', () => {
  it('limit whoever draws from them, together and by themselves', async () => {
    const tenant = service.tenant();
    const [opening, banquet] = [newId(), newId()];
    const event = { sessionIds: [opening, banquet] };
    const eventId = await tenant.openEvent({ buyer: { waitlist: true } }, event);
    const quotas = `/v1/events/${eventId}/quotas`;
    expect((await tenant.post(quotas, { scope: 'session', sessionId: newId(), places: 1 })).status).toBe(422);
    await tenant.signUps(eventId, 1, { sessionIds: [banquet], economy: 'JP' });
    const made = await tenant.post(quotas, { scope: 'session', sessionId: banquet, places: 2 });
    expect(made.body).toMatchObject({ quota: banquet, places: 2, taken: 1 });
    await tenant.post(quotas, { scope: 'side', economy: 'KR', places: 2 });
    const guests = await tenant.signUps(eventId, 2, { sessionIds: [banquet, opening] });
    expect(guests).toMatchObject([{ status: 'confirmed', quotas: ['KR', banquet] }, { status: 'waitlisted' }]);
    expect(await tenant.signUps(eventId, 2, { sessionIds: [opening] })).toMatchObject([
      { status: 'confirmed' },
      { status: 'waitlisted' },
    ]);
    expect(await tenant.signUps(eventId, 1, { economy: 'CN' })).toMatchObject([{ status: 'confirmed' }]);
    // Leaving the banquet frees a seat there, and not a place of the side.
    await tenant.patch(`/v1/registrations/${guests[0]?.id ?? ''}`, 1, { sessionIds: [] });
    expect(await tenant.statusesOf(guests)).toEqual(['confirmed', 'waitlisted']);
    const unknown = await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody({ sessionIds: [newId()] }));
    expect([unknown.status, unknown.body.errors]).toMatchObject([422, [{ pointer: '/sessionIds/0' }]]);
  });
});

describe('counters', () => {
  it('agree with what there is after everything at once, and no quota is ever over', async () => {
    const tenant = service.tenant();
    const event = { sessionIds: [newId()] };
    const terms = { quota: 20, waitlist: true };
    const eventId = await tenant.openEvent({ buyer: terms, press: terms }, event);
    for (const body of [
      { scope: 'event', places: 35 },
      { scope: 'side', economy: 'KR', places: 25 },
      { scope: 'session', sessionId: event.sessionIds[0], places: 10 },
    ]) {
      await tenant.post(`/v1/events/${eventId}/quotas`, body);
    }
    const mixed = (index: number): Record<string, unknown> =>
      signUpBody({
        category: index % 2 === 0 ? 'buyer' : 'press',
        economy: index % 3 === 0 ? 'JP' : 'KR',
        sessionIds: index % 5 === 0 ? event.sessionIds : [],
      });
    const path = `/v1/events/${eventId}/registrations`;
    const first = await Promise.all(Array.from({ length: 60 }, (_, index) => tenant.post(path, mixed(index))));
    const ids = first.map(({ body }) => body.id);
    const overdrawn: unknown[] = [];
    let isOver = false;
    const watch = async (): Promise<void> => {
      while (!isOver) {
        overdrawn.push(
          ...(await service.db.query('SELECT * FROM quota WHERE event_id = $1 AND taken > places', [eventId])),
        );
        await new Promise(setImmediate);
      }
    };
    const watching = watch();
    const answers = await Promise.all([
      tenant.import(eventId, 'onExisting=update', ndjson(Array.from({ length: 80 }, (_, index) => mixed(index)))),
      // Of those who have a place and of those who wait for one, in any order.
      ...ids.filter((_, index) => index % 2 === 0).map((id) => tenant.act(id, 'cancel')),
      ...ids.slice(20, 26).map((id) => tenant.patch(`/v1/registrations/${id}`, 1, { category: 'press' })),
      ...ids.slice(30, 50).map((id) => tenant.act(id, 'no-show')),
      ...Array.from({ length: 40 }, (_, index) => tenant.post(path, mixed(index))),
    ]);
    isOver = true;
    await watching;
    expect(overdrawn).toEqual([]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { body } = await tenant.recount(eventId, '?dryRun=true');
    expect(body).toMatchObject({ agrees: true, promoted: 0 });
    expect(body.quotas).toHaveLength(5);
    // Whoever still waits wants something that is full.
    const full = (await tenant.quotasOf(eventId)).filter(({ free }) => free === 0).map(({ quota }) => quota);
    const waiting = (await tenant.get(`${path}?status=waitlisted&limit=500`)).body.items as Record<string, unknown>[];
    expect(waiting.length).toBeGreaterThan(0);
    const isBlocked = ({ category, economy, sessionIds }: Record<string, unknown>): boolean =>
      ['event', category, economy, ...(sessionIds as string[])].some((name) => full.includes(name));
    expect(waiting.filter((each) => !isBlocked(each))).toEqual([]);
  });

  it('that say something else are found, told and put right; what was counted too much goes to who waits', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 2, waitlist: true } });
    await tenant.signUps(eventId, 1);
    await service.db.query('UPDATE quota SET taken = 2 WHERE event_id = $1', [eventId]);
    const waiting = await tenant.signUps(eventId, 1);
    expect(waiting).toMatchObject([{ status: 'waitlisted' }]);
    const wrong = { agrees: false, promoted: 1, quotas: [{ quota: 'buyer', taken: 2, counted: 1, agrees: false }] };
    expect((await tenant.recount(eventId, '?dryRun=true')).body).toMatchObject(wrong);
    expect(await tenant.quotasOf(eventId)).toMatchObject([{ taken: 2 }]);
    const operator = service.app.get(QuotaService);
    expect(await operator.recountAll(null, false)).toMatchObject({
      events: expect.any(Number) as number,
      wrong: [{ tenantId: tenant.id, eventId, quota: 'buyer', taken: 2, counted: 1 }],
      promoted: 1,
    });
    expect(await operator.recountAll(newId(), true)).toEqual({ events: 0, quotas: 0, wrong: [], promoted: 0 });
    expect(await tenant.statusesOf(waiting)).toEqual(['waitlisted']);
    expect((await tenant.recount(eventId)).body).toMatchObject(wrong);
    expect(await tenant.statusesOf(waiting)).toEqual(['confirmed']);
    const right = { agrees: true, promoted: 0, quotas: [{ taken: 2, counted: 2, agrees: true }] };
    expect((await tenant.recount(eventId)).body).toMatchObject(right);
    await service.db.query('UPDATE quota SET taken = 1 WHERE event_id = $1', [eventId]);
    expect(await operator.recountAll(eventId, true)).toMatchObject({
      events: 1,
      quotas: 1,
      wrong: [{ taken: 1, counted: 2 }],
    });
    expect(await operator.recountAll(eventId, false)).toMatchObject({ wrong: [] });
  });
});

describe('the breakdown', () => {
  it('says the same after the many rows that it is the sum of were put together', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null }, { endsAt: null });
    await tenant.signUps(eventId, 3);
    const organization = { id: newId(), name: 'Umbrella' };
    const { id } = (await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody({ organization }))).body;
    await tenant.post(`/v1/events/${eventId}/check-ins`, scanBody({ ticket: await tenant.ticketOf(id) }));
    const totals: Record<string, [columns: string, values: string]> = {
      registration_total: ['category, economy, mode, status', `'buyer', 'KR', 'inPerson', 'confirmed'`],
      organization_total: ['organization_id, status', `'${organization.id}', 'confirmed'`],
      check_in_total: ['day, outcome', `'2026-01-01', 'left'`],
    };
    for (const [total, [columns, values]] of Object.entries(totals))
      await service.db.query(
        `INSERT INTO ${total} (event_id, count, ${columns})
         SELECT $1, CASE n % 2 WHEN 0 THEN 1 ELSE -1 END, ${values} FROM generate_series(1, 3000) AS n`,
        [eventId],
      );
    const before = await tenant.counts(eventId);
    expect(before).toMatchObject({
      breakdown: {
        total: { registered: 4, checkedIn: 1 },
        byOrganization: [{ organizationId: organization.id, byStatus: { checkedIn: 1 } }],
        byDay: [{ entered: 1, reEntered: 0, left: 0, conflicts: 0 }],
      },
    });
    for (const total of Object.keys(totals)) {
      const rows = () => service.db.query(`SELECT FROM ${total} WHERE event_id = $1`, [eventId]);
      await until(rows, ({ length }) => length <= 2);
    }
    expect(await tenant.counts(eventId)).toEqual(before);
  });
});
