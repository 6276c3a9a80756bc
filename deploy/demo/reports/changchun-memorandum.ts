import { type Recorder } from '../recorder';
import { en, exhaustive } from './words';

/** What Jilin and Hong Kong signed before the promotion conference. */
const beforeTheConference = {
  edtf: '../2020-09-03',
  asReported: 'Before the conference',
  inferred: [{ part: 'day', because: 'The conference was on the afternoon of September 3' }],
};

const signingCeremony = (
  sources: unknown[],
  hosts: { organizationId: string; name: unknown }[],
): Record<string, unknown> => ({
  names: en('Cooperation signing ceremony'),
  kind: 'ceremony',
  historical: true,
  status: 'closed',
  date: beforeTheConference,
  economies: ['CN', 'HK'],
  hosts: exhaustive(hosts.map((host) => ({ ...host, role: 'host' }))),
  sources,
});

const memorandum = (
  sources: unknown[],
  eventId: string,
  jilinCommerce: string,
  tradeCouncil: string,
): Record<string, unknown> => ({
  type: 'mou',
  titles: en('Memorandum to deepen the economic and trade cooperation between Jilin and Hong Kong'),
  status: 'signed',
  historical: true,
  signedOn: beforeTheConference,
  parties: exhaustive([
    {
      organizationId: jilinCommerce,
      name: en('Jilin Provincial Department of Commerce'),
      economy: 'CN',
      role: 'party',
      signatory: { person: null },
    },
    {
      organizationId: tradeCouncil,
      name: en('Hong Kong Trade Development Council'),
      economy: 'HK',
      role: 'party',
      signatory: { person: null },
    },
  ]),
  eventId,
  ceremony: { name: en('Cooperation signing ceremony'), relativeToEvent: 'before' },
  statements: exhaustive([
    { text: en('Make full use of Jilin’s industrial advantages'), modality: 'agreed' },
    { text: en('Give full play to Hong Kong’s professional services and platforms'), modality: 'agreed' },
    {
      text: en('Complement each other’s strengths, share more resources, and exchange more personnel'),
      modality: 'agreed',
    },
    { text: en('Deepen economic and trade cooperation'), modality: 'agreed' },
  ]),
  sources,
});

export async function changchunMemorandum(record: Recorder, eventId: string, sources: unknown[]): Promise<void> {
  const jilinCommerce = await record.record('organizations', 'jilin-commerce', {
    names: en('Jilin Provincial Department of Commerce'),
    level: 'province',
    economy: 'CN',
    sources,
  });
  const tradeCouncil = await record.record('organizations', 'hktdc', {
    names: en('Hong Kong Trade Development Council'),
    level: 'agency',
    economy: 'HK',
    sources,
  });
  const hosts = [
    { organizationId: jilinCommerce, name: en('Jilin Provincial Department of Commerce'), side: 'CN' },
    { organizationId: tradeCouncil, name: en('Hong Kong Trade Development Council'), side: 'HK' },
  ];
  await record.record('events', 'jilin-hong-kong-signing', signingCeremony(sources, hosts));
  await record.record('agreements', 'jilin-hong-kong-mou', memorandum(sources, eventId, jilinCommerce, tradeCouncil));
}
