import {
  contactRecorded,
  contactTopic,
  eventPublished,
  registrationCancelled,
  registrationCheckedIn,
  registrationRegistered,
  type ContactSnapshot,
  type RegistrationSnapshot,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../../test/support/eventually';
import { NotificationsService, type Tenant } from '../../test/notifications-service';
import { MailReceiver } from '../../test/receivers';
import { type DeliveryAnswer, type DeliveryPage } from '../deliveries/delivery.dto';

let smtp: MailReceiver;
let service: NotificationsService;
let tenant: Tenant;
let eventId: string;

beforeAll(async () => {
  smtp = await MailReceiver.start();
  service = await NotificationsService.start({ SMTP_URL: smtp.url });
  tenant = service.tenant();
  eventId = newId();
  await service.wire.say(eventPublished, tenant.id, eventId, {
    eventId,
    names: { original: 'zh', texts: { zh: '中韩产业合作论坛', ko: '한중 산업협력 포럼' } },
    startsAt: { local: '2026-12-01T09:00', zone: 'Asia/Seoul' },
  });
});

afterAll(async () => {
  await service.stop();
  await smtp.stop();
});

interface Person {
  registrationId: string;
  email: string;
}

function person(): Person {
  const registrationId = newId();
  return { registrationId, email: `${registrationId}@example.org` };
}

const contactOf = ({ registrationId, email }: Person, changes: Partial<ContactSnapshot> = {}) =>
  service.wire.say(contactRecorded, tenant.id, registrationId, { registrationId, eventId, email, ...changes });

const registrationOf = ({ registrationId }: Person, changes: Partial<RegistrationSnapshot> = {}) =>
  service.wire.say(registrationRegistered, tenant.id, registrationId, {
    registrationId,
    eventId,
    notify: true,
    ...changes,
  });

const mailsTo = ({ email }: Person) => smtp.to(email);
const mailTo = (someone: Person) => eventually(() => mailsTo(someone)[0]);

async function deliveriesTo({ registrationId }: Person, scopes?: string[]): Promise<DeliveryAnswer[]> {
  const options = scopes === undefined ? {} : { scopes };
  const page = await tenant.call<DeliveryPage>('GET', `deliveries?registrationId=${registrationId}`, options);
  return page.body.items;
}

/** A mail that was asked for after them: when it is there, they were dealt with, too (one partition per registration). */
async function nothingMoreIsComing(...others: Person[]): Promise<void> {
  const lag = async (): Promise<true | undefined> => {
    const [row] = await service.database.query<{ taken: number }>(
      `SELECT count(*)::int AS taken FROM consumer_cursor
       WHERE consumer = 'notifications.registrations' AND source = ANY ($1)`,
      [others.map(({ registrationId }) => `/registrations/${registrationId}`)],
    );
    return row?.taken === others.length ? true : undefined;
  };
  await eventually(lag);
}

describe('a confirmation', () => {
  it('is written in Korean to a person who reads Korean', async () => {
    const minsu = person();
    await contactOf(minsu, { name: { texts: { ko: '김민수' }, order: 'familyFirst' }, language: 'ko-KR' });
    await registrationOf(minsu, { language: 'ko-KR' });
    const mail = await mailTo(minsu);
    expect(mail.subject).toBe('한중 산업협력 포럼 참가 등록이 확정되었습니다');
    expect(mail.text).toContain('김민수 님');
    expect(mail.text).toContain('2026-12-01 09:00 (Asia/Seoul)');
    expect(mail.from).toMatchObject({ name: 'Expo Accord', address: 'no-reply@expo.example.org' });
    const delivery = await eventually(async () =>
      (await deliveriesTo(minsu)).find(({ status }) => status === 'delivered'),
    );
    expect(delivery).toMatchObject({ channel: 'mail', language: 'ko', templateId: 'registration-confirmed' });
    expect(delivery.attempts).toMatchObject([{ number: 1, succeeded: true, code: 'ok' }]);
    expect(mail.messageId).toBe(`<${delivery.id}@expo.example.org>`);
  });

  it('waits for the contact and falls back to a language that we speak', async () => {
    const anna = person();
    await registrationOf(anna);
    await eventually(async () => (await deliveriesTo(anna)).find(({ status }) => status === 'waiting'));
    expect(mailsTo(anna)).toEqual([]);
    await contactOf(anna, { name: { texts: { fr: 'Anna Martin' }, order: 'givenFirst' }, language: 'fr' });
    expect((await mailTo(anna)).subject).toBe('Your registration for 中韩产业合作论坛 is confirmed');
  });

  it('is sent once, though the message arrives twice', async () => {
    const [twice, after] = [person(), person()];
    await contactOf(twice);
    const said = await registrationOf(twice);
    await mailTo(twice);
    await service.wire.send(said);
    await contactOf(after);
    await registrationOf(after);
    await mailTo(after);
    await nothingMoreIsComing(twice, after);
    expect(mailsTo(twice)).toHaveLength(1);
    expect(await deliveriesTo(twice)).toHaveLength(1);
  });

  it('is tried again when the mail server is busy, with the same Message-ID', async () => {
    const busy = person();
    await contactOf(busy);
    smtp.refusals.push(451, 451);
    await registrationOf(busy);
    await mailTo(busy);
    const [delivery] = await eventually(async () => {
      const found = await deliveriesTo(busy);
      return found[0]?.status === 'delivered' ? found : undefined;
    });
    expect(delivery?.attempts.map(({ code, replyCode }) => [code, replyCode])).toEqual([
      ['smtp-error', 451],
      ['smtp-error', 451],
      ['ok', 250],
    ]);
  });
});

it('tells of a cancellation after the confirmation', async () => {
  const leaver = person();
  await contactOf(leaver);
  const { registrationId } = leaver;
  await registrationOf(leaver);
  await service.wire.say(registrationCancelled, tenant.id, registrationId, { registrationId, eventId, notify: true });
  await eventually(() => (mailsTo(leaver).length === 2 ? true : undefined));
  expect(mailsTo(leaver).map(({ subject }) => subject)).toEqual([
    '한중 산업협력 포럼 참가 등록이 확정되었습니다',
    '한중 산업협력 포럼 참가 등록이 취소되었습니다',
  ]);
});

it('writes to nobody who did not ask, who is history, who checked in or who was erased', async () => {
  const [quiet, past, present, erased, last] = [person(), person(), person(), person(), person()];
  await Promise.all([quiet, past, present, erased, last].map((someone) => contactOf(someone)));
  await service.wire.erase(contactTopic, tenant.id, erased.registrationId);
  await eventually(async () => {
    const left = await service.database.query('SELECT 1 FROM contact WHERE registration_id = $1', [
      erased.registrationId,
    ]);
    return left.length === 0 ? true : undefined;
  });
  await registrationOf(quiet, { notify: false });
  await registrationOf(past, { historical: true });
  await service.wire.say(registrationCheckedIn, tenant.id, present.registrationId, {
    registrationId: present.registrationId,
    eventId,
    notify: true,
  });
  await registrationOf(erased);
  await registrationOf(last);
  await mailTo(last);
  await nothingMoreIsComing(quiet, past, present, erased, last);
  expect([quiet, past, present, erased].flatMap(mailsTo)).toEqual([]);
  const kept = await Promise.all([quiet, past, present].map((someone) => deliveriesTo(someone)));
  expect(kept).toEqual([[], [], []]);
});

it('shows addresses in full only to keys that may read registrations, and to the tenant alone', async () => {
  const minsu = person();
  await contactOf(minsu);
  await registrationOf(minsu);
  await mailTo(minsu);
  const [masked] = await deliveriesTo(minsu);
  expect(masked?.recipient).toMatch(/^.\*\*\*@e\*\*\*\.org$/);
  const [full] = await deliveriesTo(minsu, ['notifications:read', 'registrations:read']);
  expect(full?.recipient).toBe(minsu.email);
  const other = service.tenant();
  const seen = await other.call<DeliveryPage>('GET', `deliveries?registrationId=${minsu.registrationId}&count=true`);
  expect(seen.body).toEqual({ items: [], nextCursor: null, total: 0 });
  expect((await other.call('GET', `deliveries/${masked?.id ?? ''}`)).status).toBe(404);
});
