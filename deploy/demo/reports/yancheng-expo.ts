import { type Recorder } from '../recorder';
import { bothSides, en, exactly, exhaustive, familyFirst, illustrative } from './words';

/** The exhibition in Yancheng, with two names in one source, and five editions known only by their sums. */
const sources = [
  {
    kind: 'news',
    publisher: 'Complete New Zealand News World',
    title: 'China-South Korea Environmental and Innovation Cooperation Exhibition',
    publishedOn: { edtf: '2023-11-30', asReported: 'November 30, 2023' },
  },
];

const series = {
  names: en('China-South Korea Environmental and Innovation Cooperation Exhibition'),
  aliases: [
    {
      names: en('China-South Korea Trade and Investment Expo'),
      certainty: 'inferred',
      because: 'The same source gives both names',
    },
  ],
  kind: 'exposition',
  historical: true,
  economies: ['CN', 'KR'],
  facts: [
    {
      kind: 'background',
      text: en('Held by the city of Yancheng; five editions since 2019'),
      sides: ['CN'],
    },
    {
      kind: 'significance',
      text: en('Over the years the expo has come to be an important platform'),
    },
  ],
  sources,
};

const jiangsu = {
  names: en('Jiangsu'),
  kind: 'province',
  economy: 'CN',
  facts: [
    { kind: 'background', text: en('A southern province of China') },
    {
      kind: 'background',
      text: en(
        'The province and South Korea have come closer, it is among the largest trade partners, and all Korean companies of the region are there',
      ),
      sides: ['CN'],
    },
    {
      kind: 'background',
      text: en('South Korea’s largest investment in China is at present concentrated in the province'),
      sides: ['KR'],
    },
    {
      kind: 'background',
      text: en('Large factories of South Korean companies such as Kia and Hyundai stand in the province'),
      sides: ['KR'],
    },
  ],
  sources,
};

const edition = (seriesId: string): Record<string, unknown> => ({
  seriesId,
  names: en('China-South Korea Environmental and Innovation Cooperation Exhibition'),
  kind: 'exposition',
  label: '2023',
  historical: true,
  status: 'closed',
  theme: en('Openness and cooperation in an environmental way. For a shared future of science and innovation'),
  date: {
    edtf: '2023',
    asReported: 'This year',
    inferred: [{ part: 'year', because: 'The article that says "this year" is of November 30, 2023' }],
  },
  venue: { city: en('Yancheng'), province: en('Jiangsu'), economy: 'CN' },
  economies: ['CN', 'KR'],
  hosts: illustrative([{ name: en('The city of Yancheng'), role: 'host', side: 'CN' }]),
  focusIndustries: {
    ...illustrative([
      { code: 'automobiles', text: en('automobiles') },
      { code: 'newEnergyEquipment', text: en('new energy equipment') },
      { code: 'electronicInformation', text: en('electronic information') },
      { code: 'smartManufacturing', text: en('smart manufacturing') },
      { code: 'modernServices', text: en('modern services') },
    ]),
    count: exactly('5', 'industry'),
  },
  facts: [
    { kind: 'effect', text: en('Promoted trade exchanges between China and South Korea') },
    {
      kind: 'effect',
      text: en('Deepened industrial cooperation and pushed forward international and national dual circulation'),
    },
  ],
  sources,
});

const opening = (parentId: string): Record<string, unknown> => ({
  parentId,
  names: en('Opening ceremony'),
  kind: 'ceremony',
  historical: true,
  status: 'closed',
  date: null,
  venue: { city: en('Yancheng'), province: en('Jiangsu'), economy: 'CN' },
  economies: ['CN', 'KR'],
  sources,
});

/** Sums over five editions whose dates, but for "since 2019", nobody gives. */
const figures = (seriesId: string): { ref: string; body: Record<string, unknown> }[] => {
  const covers = {
    ...illustrative([{ label: 'five editions since 2019; their dates are not given' }]),
    count: exactly('5', 'edition'),
  };
  const period = { edtf: '2019/..', asReported: 'since 2019' };
  const figure = (metric: string, quantity: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    ref: `yancheng-${metric}`,
    body: { subject: { seriesId }, metric, quantity, covers, period, historical: true, ...more, sources },
  });
  return [
    figure('editions', { ...exactly('5', 'edition'), asReported: 'five editions of this event since 2019' }),
    figure('participants', {
      qualifier: 'moreThan',
      lower: '100000',
      inclusive: false,
      unit: 'person',
      asReported: 'more than 100,000 participants',
    }),
    figure(
      'businessVolume',
      { qualifier: 'approx', value: '7000000000', currency: 'USD', asReported: 'about seven billion dollars' },
      { certainty: 'inferred', because: 'The source says dollars, not whose' },
    ),
    figure('projects', { ...exactly('191', 'project'), asReported: '191 industrial projects' }),
    figure(
      'investment',
      { qualifier: 'approx', value: '270000000000', currency: 'CNY', asReported: 'about 270 billion yuan' },
      { certainty: 'stated' },
    ),
  ];
};

interface Said {
  text: string;
  /** Whose words the speaker gave. */
  recalls?: Record<string, unknown>;
}

const speakers: { ref: string; name: string; economy: string; post: string; said: Said[] }[] = [
  {
    ref: 'xu-kunlin',
    name: 'Xu Kunlin',
    economy: 'CN',
    post: 'Governor of Jiangsu',
    said: [
      { text: 'Relations between the two parties are close, as the large factories of South Korean companies show' },
      {
        text: 'More should be done together in technology and innovation',
        recalls: { person: familyFirst('Xi Jinping'), post: en('President of China') },
      },
      { text: 'The environment for trade and investment will be improved further, for the benefit of both peoples' },
    ],
  },
  {
    ref: 'chung-jae-ho',
    name: 'Chung Jae-ho',
    economy: 'KR',
    post: 'Ambassador of South Korea to China',
    said: [
      { text: 'Both countries are on their way to a green economy' },
      {
        text: 'Governments and companies of both must do more together, in new energies, in digitization and in digital transformation for instance; no better place than the exhibition for raising cooperation, investment and trade',
      },
    ],
  },
];

/** The governor said it of his province alone. */
const pledge = (eventId: string): Record<string, unknown> => ({
  text: en('Go on improving the environment for trade and investment'),
  modality: 'will',
  responsible: exhaustive([{ name: en('Jiangsu Province'), economy: 'CN', role: 'responsible' }]),
  beneficiaries: bothSides,
  speaker: { person: familyFirst('Xu Kunlin'), post: en('Governor of Jiangsu') },
  eventId,
  historical: true,
  sources,
});

export async function yanchengExpo(record: Recorder): Promise<string> {
  const seriesId = await record.record('series', 'yancheng-expo', series);
  const parentId = await record.record('places', 'jiangsu', jiangsu);
  await record.record('places', 'yancheng', { names: en('Yancheng'), kind: 'city', economy: 'CN', parentId, sources });
  const editionId = await record.record('events', 'yancheng-expo-2023', edition(seriesId));
  const openingId = await record.record('events', 'yancheng-expo-2023-opening', opening(editionId));
  await record.record('figures', 'yancheng-expo-2023-opening-participants', {
    subject: { eventId: openingId },
    metric: 'participants',
    quantity: { qualifier: 'approx', value: '700', unit: 'person', asReported: 'about 700 people from both countries' },
    historical: true,
    sources,
  });
  for (const { ref, body } of figures(seriesId)) await record.record('figures', ref, body);
  for (const { ref, name, economy, post, said } of speakers) {
    const posts = [{ title: en(post), tenure: 'present' }];
    const personId = await record.record('people', ref, { name: familyFirst(name), economy, posts, sources });
    await record.record(`events/${editionId}/participations`, `yancheng-expo-2023-${ref}`, {
      personId,
      role: 'speaker',
      posts,
      side: economy,
      sources,
    });
    for (const [index, { text, recalls }] of said.entries()) {
      await record.record(`events/${editionId}/statements`, `yancheng-expo-2023-${ref}-${index + 1}`, {
        personId,
        speaker: { person: familyFirst(name), post: en(post), ...(recalls === undefined ? {} : { recalls }) },
        form: 'indirect',
        text: en(text),
        position: index + 1,
        sources,
      });
    }
  }
  await record.record('commitments', 'jiangsu-environment', pledge(editionId));
  return seriesId;
}
