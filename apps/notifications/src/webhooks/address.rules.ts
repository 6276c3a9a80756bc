import ipaddr from 'ipaddr.js';

/** Of IPv6 only global unicast is routed: this refuses what hides an IPv4 address in it (::7f00:1) as well. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether a webhook may be sent to this address: public unicast only. IPv4 written as IPv6 (::ffff:127.0.0.1) is judged
 * as IPv4; translated ranges (6to4, NAT64, Teredo) could reach a private IPv4 address and are refused.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast);
}

export type UrlProblem = 'unparsable' | 'https-required' | 'credentials-in-url' | 'address-not-allowed';

/** The IP address that the host of a parsed URL spells out, or null for a name. */
export function literalAddressOf(hostname: string): string | null {
  const host = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : null;
}

/** What speaks against a URL before anything is resolved. Names are judged by their addresses when connecting. */
export function problemOfUrl(input: string, allowPrivate: boolean): UrlProblem | null {
  if (!URL.canParse(input)) return 'unparsable';
  const url = new URL(input);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'unparsable';
  if (url.username !== '' || url.password !== '') return 'credentials-in-url';
  if (allowPrivate) return null;
  if (url.protocol !== 'https:') return 'https-required';
  const literal = literalAddressOf(url.hostname);
  return literal !== null && !isPublicAddress(literal) ? 'address-not-allowed' : null;
}
