import { generateKeyPairSync } from 'node:crypto';
import { readSettings } from '@expo-accord/settings';
import { compactVerify, createLocalJWKSet } from 'jose';
import { type RegistrationsConfig, settings } from '../config';
import { currentTicket, type Ticket } from './ticket';
import { TicketKeys } from './ticket-keys';

const pem = (type: 'ed25519' | 'ed448' = 'ed25519'): string => {
  const { privateKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

function keysOf(...pems: string[]): TicketKeys {
  const { TICKET_SIGNING_KEYS } = settings;
  const config = readSettings({ TICKET_SIGNING_KEYS }, { TICKET_SIGNING_KEYS: pems.join('') });
  return new TicketKeys(config as RegistrationsConfig);
}

const ticket: Ticket = {
  registrationId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a80',
  number: 3,
  eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  category: 'buyer',
  expiresAt: 1_893_456_000,
};
const header = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());

describe('a signed ticket', () => {
  it('is read back, and is short enough for a QR code that any phone reads', async () => {
    const keys = keysOf(pem());
    const { token } = await keys.sign(ticket);
    expect(await keys.read(token)).toEqual(ticket);
    expect(token.length).toBeLessThan(300);
    expect((await keys.sign(ticket)).token).toBe(token);
  });

  it('may have no end', async () => {
    const keys = keysOf(pem());
    const endless = { ...ticket, expiresAt: null };
    expect(await keys.read((await keys.sign(endless)).token)).toEqual(endless);
  });

  it('is checked by anybody with the published keys and a JOSE library', async () => {
    const keys = keysOf(pem(), pem());
    const { token, kid } = await keys.sign(ticket);
    const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(keys.jwks() as never));
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid });
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({ n: 3, cat: 'buyer', exp: 1_893_456_000 });
    expect(JSON.stringify(keys.jwks())).not.toContain('"d"');
  });

  it('is nothing when a character of it was changed, when another signed it, or when it is no token', async () => {
    const keys = keysOf(pem());
    const { token } = await keys.sign(ticket);
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = (text: string): string => `${text.slice(0, 10)}${text[10] === 'A' ? 'B' : 'A'}${text.slice(11)}`;
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    const forged = [
      [other(head), body, signature],
      [head, other(body), signature],
      [head, body, other(signature)],
    ];
    const foreign = (await keysOf(pem()).sign(ticket)).token;
    const texts = [...forged.map((parts) => parts.join('.')), foreign, unsigned, '', '..', 'https://example.org/x'];
    expect(await Promise.all(texts.map((text) => keys.read(text)))).toEqual(texts.map(() => null));
  });

  it('outlives a rotation: the first key signs, and those behind it are still accepted', async () => {
    const [before, after] = [pem(), pem()];
    const earlier = await keysOf(before).sign(ticket);
    const rotated = keysOf(after, before);
    const later = await rotated.sign(ticket);
    expect(later.kid).not.toBe(earlier.kid);
    expect(header(later.token)).toEqual({ alg: 'EdDSA', kid: later.kid });
    expect(await rotated.read(earlier.token)).toEqual(ticket);
    expect(await keysOf(after).read(earlier.token)).toBeNull();
  });

  it('is not signed by a key of another kind, of which nothing is shown', () => {
    expect(() => keysOf(pem('ed448'))).toThrow('TICKET_SIGNING_KEYS holds a key that is not Ed25519.');
    expect(() => keysOf('no key')).toThrow(
      /^TICKET_SIGNING_KEYS is set to something else, but must be one or more PEM/,
    );
  });
});

describe('the ticket that counts now', () => {
  it('has the number behind those that ended, and holds until a day after the event', () => {
    const registration = { id: 'r', eventId: 'e', category: 'buyer', ticketsEndedAt: [new Date(0)] };
    const { number, expiresAt } = currentTicket(registration, new Date('2030-10-17T08:00:00Z'));
    expect([number, expiresAt]).toEqual([2, Date.parse('2030-10-18T08:00:00Z') / 1_000]);
    expect(currentTicket(registration, null).expiresAt).toBeNull();
  });
});
