import { type Recorder } from '../recorder';
import { bothSides, china, en, exhaustive, familyFirst, illustrative, korea } from './words';

/** The first meeting of the industrial park mechanism, Seoul, as the ministry reported it. */
const sources = [
  {
    kind: 'official',
    title: 'The 1st Meeting of China-South Korea Industrial Park Cooperative Mechanism',
    approvedBy: 'MINISTRY OF COMMERCE,PRC',
    supportedBy: 'China International Electronic Commerce Center',
    publishedOn: null,
  },
];

const viceMinister = {
  china: { title: en('Vice Minister of Commerce'), organization: en('Ministry of Commerce, PRC'), tenure: 'present' },
  korea: {
    title: en('Vice Minister of Trade, Industry and Energy'),
    organization: en('Ministry of Trade, Industry and Energy'),
    tenure: 'present',
  },
};

const delegation = (name: string, side: string): Record<string, unknown> => ({
  name: en(name),
  role: 'delegatingBody',
  side,
});

const mechanism = {
  names: en('China-South Korea Industrial Park Cooperative Mechanism'),
  kind: 'mechanismMeeting',
  mechanism: true,
  historical: true,
  economies: ['CN', 'KR'],
  coChairs: [
    { side: 'CN', post: viceMinister.china.title },
    { side: 'KR', post: viceMinister.korea.title },
  ],
  hostRotation: illustrative([
    { ordinal: 1, side: 'KR' },
    { ordinal: 2, side: 'CN' },
  ]),
  sources,
};

const meeting = (seriesId: string): Record<string, unknown> => ({
  seriesId,
  names: en('The 1st Meeting of China-South Korea Industrial Park Cooperative Mechanism'),
  kind: 'mechanismMeeting',
  ordinal: 1,
  historical: true,
  status: 'closed',
  date: {
    edtf: '2015?-11-30',
    asReported: 'November 30',
    inferred: [{ part: 'year', because: 'The second meeting was then announced for 2016' }],
  },
  venue: { city: en('Seoul'), economy: 'KR' },
  economies: ['CN', 'KR'],
  delegatingBodies: illustrative([
    delegation('Department of Commerce of Shandong province', 'CN'),
    delegation('Department of Commerce of Jiangsu', 'CN'),
    delegation('people’s government of Yantai', 'CN'),
    delegation('people’s government of Yancheng', 'CN'),
    delegation('Saemangeum Development Agency', 'KR'),
    delegation('Ministry of Land and Transportation', 'KR'),
  ]),
  sources,
});

const chair = (name: string, side: 'china' | 'korea'): Record<string, unknown> => ({
  name: familyFirst(name),
  economy: side === 'china' ? 'CN' : 'KR',
  posts: [viceMinister[side]],
  sources,
});

const outcome = (eventId: string): Record<string, unknown> => ({
  type: 'meetingConsensus',
  titles: en('Consensus of the 1st Meeting of China-South Korea Industrial Park Cooperative Mechanism'),
  parties: bothSides,
  eventId,
  historical: true,
  statements: exhaustive([
    {
      text: en(
        'Industrial park cooperation is a new highlight and platform for stronger bilateral trade and practical cooperation, under new circumstances',
      ),
      modality: 'agreed',
      basis: en('What the leaders of both had agreed before'),
    },
    {
      text: en('That gives practical cooperation a push, above all between regions, where it deepens all the time'),
      modality: 'will',
    },
    {
      text: en(
        'Find a new model of cooperation, make room for new industries, help innovative and young enterprises in, and give them a platform where they innovate and start businesses',
      ),
      modality: 'agreed',
    },
    {
      text: en('Make the park an example of economic cooperation between the two'),
      modality: 'willing',
      context: en('In the age of China-South Korea FTA'),
    },
    {
      text: en(
        'Help enterprises of either country to invest in the park of the other, ease their way by new measures, and make the park better known',
      ),
      modality: 'will',
    },
  ]),
  sources,
});

const secondMeeting = (seriesId: string, eventId: string, outcomeDocumentId: string): Record<string, unknown> => ({
  text: en('The second meeting of the mechanism is to be held in China in 2016'),
  modality: 'agreed',
  responsible: bothSides,
  due: { edtf: '2016', asReported: 'in 2016' },
  expects: { kind: 'eventHeld', seriesId, ordinal: 2, economy: 'CN' },
  eventId,
  outcomeDocumentId,
  historical: true,
  sources,
});

/** Announced, and whether it was held the source cannot know: planned it stays, and the commitment without assessment. */
const planned = (seriesId: string, commitmentId: string): Record<string, unknown> => ({
  seriesId,
  names: en('The second meeting of the China-South Korea industrial park cooperative mechanism'),
  kind: 'mechanismMeeting',
  ordinal: 2,
  historical: true,
  status: 'planned',
  date: { edtf: '2016', asReported: 'in 2016' },
  venue: { economy: 'CN' },
  economies: ['CN', 'KR'],
  fulfils: [{ commitmentId }],
  sources,
});

export async function industrialParkMeeting(record: Recorder): Promise<void> {
  const seriesId = await record.record('series', 'industrial-park-mechanism', mechanism);
  const eventId = await record.record('events', 'industrial-park-mechanism-1', meeting(seriesId));
  const chairs = [
    { ref: 'gao-yan', name: 'Gao Yan', side: 'china', economy: china.economy },
    { ref: 'lee-kwan-sup', name: 'Lee Kwan-sup', side: 'korea', economy: korea.economy },
  ] as const;
  for (const { ref, name, side, economy } of chairs) {
    const personId = await record.record('people', ref, chair(name, side));
    await record.record(`events/${eventId}/participations`, `industrial-park-mechanism-1-${ref}`, {
      personId,
      role: 'coChair',
      posts: [viceMinister[side]],
      side: economy,
      sources,
    });
  }
  const outcomeId = await record.record('outcome-documents', 'industrial-park-mechanism-1', outcome(eventId));
  const commitmentId = await record.record(
    'commitments',
    'industrial-park-mechanism-2',
    secondMeeting(seriesId, eventId, outcomeId),
  );
  await record.record('events', 'industrial-park-mechanism-2', planned(seriesId, commitmentId));
}
