import { type Recorder } from '../recorder';
import { jointCommitteeOutcome, jointPlan } from './joint-committee-outcome';
import { en, familyFirst } from './words';

/** The 24th meeting of the joint committee, Qingdao, as a department head of the ministry interpreted it. */
const sources = [
  {
    kind: 'interpretation',
    title:
      'The head of the Asian Department of the Ministry of Commerce interprets the results of the 24th meeting of the China-Korea Joint Economic and Trade Committee',
    publisher: 'Ministry of Commerce',
    speaker: { person: null, post: en('Head of the Asian Department'), organization: 'Ministry of Commerce' },
    publishedOn: null,
  },
];

const committee = {
  names: en('China-Korea Joint Economic and Trade Committee'),
  kind: 'committeeSession',
  mechanism: true,
  historical: true,
  economies: ['CN', 'KR'],
  sources,
};

const facts = [
  {
    kind: 'significance',
    text: en(
      'The first meeting of its kind that China’s government held with another since the epidemic broke out, and face to face',
    ),
  },
  {
    kind: 'significance',
    text: en(
      'A special meeting under special circumstances, to be specially noted in the history of economic and trade relations between the two, and a gain of useful experience for exchanges with foreign parties under normalised prevention and control',
    ),
  },
  {
    kind: 'significance',
    text: en(
      'Takes the lead in restoring intergovernmental economic and trade exchanges step by step, shows the will to open up further, tells the world that relations develop steadily, and is a role model for recovery in the region and beyond',
    ),
  },
  {
    kind: 'background',
    text: en('Friendly neighbours and important economic and trade partners for each other'),
    sides: ['CN', 'KR'],
  },
  {
    kind: 'background',
    text: en(
      'President Xi Jinping and President Moon Jae-in had talked on the phone twice since the outbreak, in sympathy and support, which gave relations their fundamental basis',
    ),
    sides: ['CN', 'KR'],
  },
  {
    kind: 'background',
    text: en(
      'The epidemic had hit world growth and the stability of supply chains hard, and blocked economic cooperation and the exchange of personnel',
    ),
  },
  { kind: 'background', text: en('No country gets out of the crisis but together with others') },
  {
    kind: 'background',
    text: en(
      'A workable way to take up exchanges again under normalised prevention and control is urgently looked for',
    ),
  },
  {
    kind: 'background',
    text: en('China had come far in the fight against the epidemic'),
    sides: ['CN'],
  },
  { kind: 'background', text: en('South Korea had the epidemic under control'), sides: ['KR'] },
  {
    kind: 'arrangement',
    title: en('fast channel'),
    text: en('The two opened it before others did, for people on important business and some more'),
    sides: ['CN', 'KR'],
  },
  { kind: 'effect', text: en('The channel favours the recovery and growth of economic and trade exchanges') },
  {
    kind: 'background',
    text: en(
      'Either side held the meeting to be of great importance, kept in touch with the other, and prepared with care',
    ),
    sides: ['CN', 'KR'],
  },
  {
    kind: 'arrangement',
    title: en('Epidemic prevention plan'),
    text: en('A pragmatic and effective plan that the two sides drew up together'),
    sides: ['CN', 'KR'],
  },
  { kind: 'condition', text: en('The meeting is held on the premise that epidemic safety is ensured') },
  { kind: 'effect', text: en('A broad consensus was reached'), sides: ['CN', 'KR'] },
];

const meeting = (seriesId: string): Record<string, unknown> => ({
  seriesId,
  names: en('24th meeting of the China-Korea Joint Economic and Trade Committee'),
  kind: 'committeeSession',
  ordinal: 24,
  historical: true,
  status: 'closed',
  date: {
    edtf: '2020-08-01',
    asReported: 'On August 1',
    inferred: [
      {
        part: 'year',
        because: 'Held during the epidemic, before the plan for 2021-2025 and the signing of RCEP, both still to come',
      },
    ],
  },
  venue: { city: en('Qingdao'), province: en('Shandong'), economy: 'CN' },
  mode: 'inPerson',
  economies: ['CN', 'KR'],
  topics: {
    completeness: 'exhaustive',
    items: [
      {
        text: en('How economic relations of the two develop while the epidemic has to be kept down'),
      },
      { text: en('Related regional and multilateral economic and trade cooperation') },
    ],
  },
  facts,
  sources,
});

const president = (name: string, economy: string, title: string): Record<string, unknown> => ({
  name: familyFirst(name),
  economy,
  posts: [{ title: en(title), tenure: 'present' }],
  sources,
});

export async function jointCommitteeMeeting(record: Recorder): Promise<void> {
  const seriesId = await record.record('series', 'joint-committee', committee);
  const eventId = await record.record('events', 'joint-committee-24', meeting(seriesId));
  await record.record('people', 'xi-jinping', president('Xi Jinping', 'CN', 'President'));
  await record.record('people', 'moon-jae-in', president('Moon Jae-in', 'KR', 'President'));
  await record.record('agreements', 'joint-plan-2021-2025', jointPlan(sources));
  await record.record('outcome-documents', 'joint-committee-24', jointCommitteeOutcome(eventId, sources));
}
