import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface ParsedKey {
  keyId: string;
  secret: string;
}

const keyPattern = /^xa_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** `xa_<key id without hyphens>_<secret>`: the id finds the row, and a leaked key can be recognised by its prefix. */
export function formatKey({ keyId, secret }: ParsedKey): string {
  return `xa_${keyId.replaceAll('-', '')}_${secret}`;
}

export function parseKey(text: string): ParsedKey | undefined {
  const [, hex, secret] = keyPattern.exec(text) ?? [];
  if (hex === undefined || secret === undefined) return undefined;
  return { keyId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}

/** 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function secretFits(secret: string, hash: Buffer): boolean {
  const given = hashOf(secret);
  return given.length === hash.length && timingSafeEqual(given, hash);
}

/** A key may hand on what it has itself, and nothing else. */
export function scopesBeyond(granting: readonly string[], asked: readonly string[]): string[] {
  return asked.filter((scope) => !granting.includes(scope));
}

/** The key in `Authorization: Bearer <key>`, or else in `X-Api-Key`. */
export function presentedKey(headers: {
  authorization?: string | undefined;
  'x-api-key'?: string | string[] | undefined;
}): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const header = headers['x-api-key'];
  return typeof header === 'string' ? header : undefined;
}
