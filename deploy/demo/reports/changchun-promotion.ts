import { type Recorder } from '../recorder';
import { changchunMemorandum } from './changchun-memorandum';
import { en, exactly, illustrative } from './words';

/** The promotion conference for the Changchun zone, Beijing. */
const sources = [
  {
    kind: 'news',
    publisher: 'JL.gov',
    title: 'Global promotion conference for China-ROK (Changchun) International Cooperation Demonstration Zone held',
    publishedOn: { edtf: '2020-09-07', asReported: '2020-09-07' },
  },
];

const zoneName = en('China-ROK (Changchun) International Cooperation Demonstration Zone');

const fair = {
  names: en('2020 China International Fair for Trade in Services'),
  aliases: [{ names: en('CIFTIS 2020') }],
  kind: 'exposition',
  label: '2020',
  historical: true,
  status: 'closed',
  date: { edtf: '2020-09', inferred: [{ part: 'month', because: 'One of its contents was held on September 3' }] },
  venue: { city: en('Beijing'), economy: 'CN' },
  subEvents: { completeness: 'illustrative' },
  sources,
};

const provinceDay = (parentId: string): Record<string, unknown> => ({
  parentId,
  names: en('Jilin Province Day'),
  kind: 'showcase',
  historical: true,
  status: 'closed',
  date: { edtf: '2020-09-03', dayPart: 'afternoon', asReported: 'On the afternoon of September 3' },
  venue: { hotel: en('Changbaishan International Hotel'), city: en('Beijing'), economy: 'CN' },
  sources,
});

const conference = (parentId: string): Record<string, unknown> => ({
  parentId,
  names: en('Global promotion conference for the China-ROK (Changchun) International Cooperation Demonstration Zone'),
  kind: 'promotionConference',
  historical: true,
  status: 'closed',
  date: { edtf: '2020-09-03', dayPart: 'afternoon', asReported: 'On the afternoon of September 3' },
  venue: { hotel: en('Changbaishan International Hotel'), city: en('Beijing'), economy: 'CN' },
  mode: 'inPerson',
  economies: ['CN', 'KR'],
  delegatingBodies: illustrative([
    { name: en('South Korean Embassy in China'), role: 'delegatingBody', side: 'KR' },
    { name: en('South Korean business associations in China'), role: 'delegatingBody', side: 'KR' },
  ]),
  groups: illustrative([
    { text: en('heads of the Jilin provincial government'), role: 'official', side: 'CN' },
    { text: en('heads of the Changchun municipal Party committee'), role: 'official', side: 'CN' },
    { text: en('heads of the Changchun municipal government'), role: 'official', side: 'CN' },
    {
      text: en('heads of the relevant departments directly under the provincial government'),
      role: 'official',
      side: 'CN',
    },
  ]),
  sources,
});

const welcome = {
  speaker: { person: null, post: en('relevant heads of Jilin province') },
  form: 'indirect',
  text: en(
    'Everyone is welcome in the province, above all in Changchun, for old friendship, new cooperation, growth on all sides and a share in what the new era holds for Jilin',
  ),
  position: 1,
  sources,
};

const attendance = (eventId: string): Record<string, unknown> => ({
  subject: { eventId },
  metric: 'participants',
  quantity: {
    qualifier: 'moreThan',
    lower: '100',
    inclusive: false,
    unit: 'person',
    asReported: 'More than 100 people',
  },
  historical: true,
  includesCompleteness: 'illustrative',
  includes: [
    { quantity: exactly('24', 'enterprise'), economy: 'KR', text: en('South Korean enterprises') },
    { quantity: exactly('35', 'enterprise'), economy: 'CN', text: en('well-known domestic enterprises') },
    { text: en('representatives from the South Korean Embassy in China'), economy: 'KR' },
    { text: en('South Korean business associations in China'), economy: 'KR' },
  ],
  sources,
});

const zone = (placeId: string): Record<string, unknown> => ({
  names: zoneName,
  kind: 'demonstrationZone',
  placeId,
  economies: ['CN', 'KR'],
  strategies: illustrative([
    { name: en('Belt and Road Initiative'), ownerSide: 'CN' },
    { name: en('New Northern Policy'), ownerSide: 'KR' },
    { name: en('Far East Development Strategy'), ownerSide: 'RU' },
    { name: en('Grassland Road'), ownerSide: 'MN' },
  ]),
  facts: [
    {
      kind: 'background',
      text: en('In a traffic hinterland that extends in all directions, with rich natural resources'),
    },
    {
      kind: 'background',
      text: en(
        'Its industrial, product, innovation and value chains complement those of South Korea and of the Northeast Asian countries closely, with broad prospects for cooperation',
      ),
    },
  ],
  sources,
});

const presenters = illustrative([{ text: en('relevant heads of Jilin province'), role: 'speaker', side: 'CN' }]);

const briefing = (zoneId: string): Record<string, unknown> => ({
  names: en('Briefing on the latest situation of the zone'),
  kind: 'briefing',
  zoneId,
  presenters,
  sources,
});

const release = (zoneId: string): Record<string, unknown> => ({
  names: en('Releases about the zone'),
  kind: 'release',
  zoneId,
  presenters,
  releases: [
    { kind: 'industrialDirection', text: en('The industrial direction of the zone') },
    { kind: 'majorProject', text: en('The major projects of the zone') },
    { kind: 'investmentPolicy', text: en('The investment promotion policies of the zone') },
  ],
  sources,
});

const jilin = {
  names: en('Jilin'),
  kind: 'province',
  economy: 'CN',
  facts: [
    { kind: 'background', text: en('Much of the foreign investment comes from South Korea') },
    { kind: 'background', text: en('No other country sends as many tourists') },
  ],
  sources,
};

const sisterCities = {
  kind: 'sisterCity',
  economy: 'KR',
  partners: { completeness: 'illustrative', items: [{ name: en('Ulsan') }], count: exactly('6', 'city') },
  sources,
};

const friendlyRegions = {
  kind: 'friendlyRegion',
  economy: 'KR',
  partners: illustrative([{ name: en('Gangwon-do') }]),
  sources,
};

export async function changchunPromotion(record: Recorder): Promise<void> {
  const fairId = await record.record('events', 'ciftis-2020', fair);
  const dayId = await record.record('events', 'jilin-province-day-2020', provinceDay(fairId));
  const conferenceId = await record.record('events', 'changchun-promotion-2020', conference(dayId));
  await record.record('figures', 'changchun-promotion-2020-participants', attendance(conferenceId));
  const jilinId = await record.record('places', 'jilin', jilin);
  const changchunId = await record.record('places', 'changchun', {
    names: en('Changchun'),
    kind: 'city',
    economy: 'CN',
    parentId: jilinId,
    sources,
  });
  await record.record(`places/${changchunId}/relationships`, 'changchun-sister-cities', sisterCities);
  await record.record(`places/${jilinId}/relationships`, 'jilin-friendly-regions', friendlyRegions);
  const zoneId = await record.record('zones', 'changchun-zone', zone(changchunId));
  await record.record(`events/${conferenceId}/sessions`, 'changchun-promotion-2020-briefing', briefing(zoneId));
  await record.record(`events/${conferenceId}/sessions`, 'changchun-promotion-2020-release', release(zoneId));
  await record.record(`events/${conferenceId}/statements`, 'changchun-promotion-2020-welcome', welcome);
  await changchunMemorandum(record, conferenceId, sources);
}
