import { registrationCorrected } from '@expo-accord/contracts';
import { compactVerify, createLocalJWKSet } from 'jose';
import { eventually } from '../../../test/support/eventually';
import { type RunningService, startService } from './service';
import { scanBody, type Tenant } from './tenant';

let service: RunningService;
let tenant: Tenant;
let eventId: string;

beforeAll(async () => {
  service = await startService();
  tenant = service.tenant();
  const endsAt = { local: '2030-10-19T17:00', zone: 'Asia/Seoul' };
  eventId = await tenant.openEvent({ buyer: null, vip: null }, { endsAt });
});

afterAll(async () => {
  await service.stop();
});

const scan = async (ticket: unknown): Promise<Record<string, unknown>> =>
  (await tenant.post(`/v1/events/${eventId}/check-ins`, scanBody({ ticket }))).body;

describe('a ticket', () => {
  it('is signed, says nothing of the person, and is checked with the keys that anybody may read', async () => {
    const id = await tenant.signUp(eventId);
    const { body, headers } = await tenant.get(`/v1/registrations/${id}/ticket`);
    expect(body).toMatchObject({
      registrationId: id,
      category: 'buyer',
      number: 1,
      validUntil: '2030-10-20T08:00:00.000Z',
    });
    expect(headers.get('cache-control')).toBe('private, no-store');
    const jwks = await tenant.get('/.well-known/jwks.json', { headers: { 'x-caller-token': '' } });
    expect(jwks.body.keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', kid: body.kid, alg: 'EdDSA', use: 'sig' }]);
    const { payload } = await compactVerify(String(body.token), createLocalJWKSet(jwks.body as never));
    expect(Object.keys(JSON.parse(Buffer.from(payload).toString()) as object)).toEqual([
      'sub',
      'n',
      'aud',
      'cat',
      'exp',
    ]);
  });

  it('is a QR code for who asks for an image', async () => {
    const id = await tenant.signUp(eventId);
    const { text, headers } = await tenant.get(`/v1/registrations/${id}/ticket`, {
      headers: { accept: 'image/svg+xml' },
    });
    expect(headers.get('content-type')).toContain('image/svg+xml');
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  });

  it('is there only while somebody would be let in with it', async () => {
    const id = await tenant.signUp(eventId);
    expect((await tenant.get(`/v1/registrations/${id}`)).body.ticketUrl).toBe(`/v1/registrations/${id}/ticket`);
    const cancelled = await tenant.post(`/v1/registrations/${id}/cancel`);
    expect(cancelled.body.ticketUrl).toBeNull();
    const refused = await tenant.get(`/v1/registrations/${id}/ticket`);
    expect([refused.status, refused.body.code]).toEqual([409, 'no-ticket']);
    expect((await service.tenant().get(`/v1/registrations/${id}/ticket`)).status).toBe(404);
  });

  it('is another after it was issued anew or says something else, and the one before is refused', async () => {
    const id = await tenant.signUp(eventId);
    const first = await tenant.ticketOf(id);
    const reissued = await tenant.post(`/v1/registrations/${id}/reissue-ticket`);
    expect([reissued.status, reissued.body.version]).toEqual([200, 2]);
    await tenant.patch(`/v1/registrations/${id}`, 2, { category: 'vip' });
    const { body } = await tenant.get(`/v1/registrations/${id}/ticket`);
    expect(body).toMatchObject({ number: 3, category: 'vip' });
    expect((await scan(first)).conflict).toBe('ticket-superseded');
    expect((await scan(body.token)).outcome).toBe('entered');
    await eventually(() => service.wire.of(registrationCorrected, id)[1]);
  });
});
