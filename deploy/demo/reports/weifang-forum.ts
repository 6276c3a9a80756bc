import { type Recorder } from '../recorder';
import { weifangPledges, weifangSpeakers } from './weifang-speakers';
import { en, exhaustive, illustrative } from './words';

/** The 2024 forum in Weifang with what was held around it. */
export const sources = [
  { kind: 'news', title: '2024 China-Japan-Korea Industrial Cooperation Development Forum', publishedOn: null },
];

const series = {
  names: en('China-Japan-Korea Industrial Cooperation Development Forum'),
  kind: 'forum',
  historical: true,
  economies: ['CN', 'JP', 'KR'],
  sources,
};

const forum = (seriesId: string): Record<string, unknown> => ({
  seriesId,
  names: en('2024 China-Japan-Korea Industrial Cooperation Development Forum'),
  kind: 'forum',
  label: '2024',
  historical: true,
  status: 'closed',
  theme: en('Open, Inclusive, Cooperative, and Win-Win'),
  date: {
    edtf: '2024-10-17/2024-10-19',
    asReported: 'kicked off on October 17, will run until October 19',
    inferred: [{ part: 'year', because: 'It is the 2024 forum' }],
  },
  venue: { city: en('Weifang'), province: en('Shandong'), economy: 'CN' },
  economies: ['CN', 'JP', 'KR'],
  topics: exhaustive([
    { text: en('Collaboration of local governments') },
    { text: en('A modern industrial system') },
    { text: en('A free trade area of China, Japan and South Korea') },
    { text: en('The Regional Comprehensive Economic Partnership (RCEP), put into practice at a high level') },
  ]),
  groups: illustrative([{ text: en('people of various sectors from the three countries') }]),
  hosts: exhaustive([
    { name: en('Weifang Municipal People’s Government'), role: 'coHost', side: 'CN' },
    { name: en('Japan External Trade Organization'), role: 'coHost', side: 'JP' },
    { name: en('Korea Trade-Investment Promotion Agency'), role: 'coHost', side: 'KR' },
    { name: en('China-Japan-Korea Cooperation Secretariat'), role: 'coHost', side: null },
  ]),
  subEvents: { completeness: 'illustrative' },
  facts: [
    { kind: 'background', text: en('Cooperation of the three countries is in its 25th year in 2024') },
    {
      kind: 'background',
      text: en(
        'Weifang: a strong agricultural foundation, a robust industrial base, advanced educational resources, an open environment and a rich cultural heritage',
      ),
      sides: ['CN'],
    },
  ],
  sources,
});

/** Announced for the days of the forum; whether each was held as planned the source does not say. */
const subEvents = [
  { ref: 'cjk-exposition-10', name: '10th China-Japan-Korea Industrial Exposition', kind: 'exposition', ordinal: 10 },
  {
    ref: 'academia-research-forum-2024',
    name: 'Sino-Korean Industry-Academia-Research Cooperation Forum',
    kind: 'forum',
  },
  { ref: 'japan-investment-2024', name: 'Investment presentations for Japan', kind: 'presentation' },
  { ref: 'korean-products-2024', name: 'Showcase of Korean quality products', kind: 'showcase' },
  {
    ref: 'e-commerce-2024',
    name: 'Discussions on optimizing cross-border e-commerce and facility agriculture development',
    kind: 'discussion',
    topics: ['cross-border e-commerce', 'facility agriculture development'],
  },
];

export async function weifangForum(record: Recorder): Promise<void> {
  const seriesId = await record.record('series', 'cjk-forum', series);
  const expositions = await record.record('series', 'cjk-exposition', {
    names: en('China-Japan-Korea Industrial Exposition'),
    kind: 'exposition',
    historical: true,
    economies: ['CN', 'JP', 'KR'],
    sources,
  });
  const forumId = await record.record('events', 'cjk-forum-2024', forum(seriesId));
  for (const { ref, name, kind, ordinal, topics } of subEvents) {
    await record.record('events', ref, {
      parentId: forumId,
      ...(ordinal === undefined ? {} : { seriesId: expositions, ordinal }),
      ...(topics === undefined ? {} : { topics: exhaustive(topics.map((text) => ({ text: en(text) }))) }),
      names: en(name),
      kind,
      historical: true,
      status: 'planned',
      date: { edtf: '2024-10-17/2024-10-19', asReported: 'During the forum' },
      sources,
    });
  }
  await weifangSpeakers(record, forumId, sources);
  await weifangPledges(record, forumId, sources);
}
