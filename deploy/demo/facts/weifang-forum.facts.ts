import { type FactRow, type ReportFacts } from './report-facts';

const name = (at: string, fact: string, text: string): FactRow => [
  at,
  fact,
  '/name',
  { texts: { en: text }, order: 'familyFirst' },
];
const post = (at: string, fact: string, title: string, index = 0): FactRow => [
  at,
  fact,
  `/posts/${index}/title/texts/en`,
  title,
];
const said = (at: string, fact: string, pattern: RegExp): FactRow => [at, fact, '/text/texts/en', pattern];
const titled = (at: string, fact: string, text: string): FactRow => [at, fact, '/names/texts/en', text];
const planned: FactRow = [
  '7.2',
  'It is announced for the days of the forum',
  '',
  { status: 'planned', date: { asReported: 'During the forum' } },
];

export const weifangForumFacts: ReportFacts = {
  seed: '003',
  name: 'industrial cooperation forum, Weifang',
  sentences: [0, 2, 3, 2, 3, 3, 2, 2, 1],
  empty: { '8.1': 'names of web sites' },
  items: {
    'series cjk-forum': [
      titled('1.1', 'There is a forum of this name', 'China-Japan-Korea Industrial Cooperation Development Forum'),
    ],
    'events cjk-forum-2024': [
      titled(
        '1.1',
        'This time it goes by this name',
        '2024 China-Japan-Korea Industrial Cooperation Development Forum',
      ),
      ['1.1', 'It is called by its year', '/label', '2024'],
      ['1.1', 'It has a theme', '/theme/texts/en', 'Open, Inclusive, Cooperative, and Win-Win'],
      ['1.1', 'It began on this day', '/date/asReported', /^kicked off on October 17/],
      ['1.1', 'It was in Weifang', '/venue/city/texts/en', 'Weifang'],
      ['1.1', 'Weifang is in Shandong', '/venue/province/texts/en', 'Shandong'],
      ['1.2', 'People from three countries came', '/economies', ['CN', 'JP', 'KR']],
      [
        '1.2',
        'They came from various sectors',
        '/groups/items/0/text/texts/en',
        /various sectors from the three countries/,
      ],
      ['1.2', 'One topic were local governments', '/topics/items/0/text/texts/en', /local governments/],
      ['1.2', 'One topic was industry', '/topics/items/1/text/texts/en', /modern industrial system/],
      ['1.2', 'One topic was a free trade area', '/topics/items/2/text/texts/en', /free trade area/],
      [
        '1.2',
        'One topic was a partnership',
        '/topics/items/3/text/texts/en',
        /^The Regional Comprehensive Economic Partnership \(RCEP\)/,
      ],
      ['3.1', 'An anniversary fell into the year', '/facts/0/text/texts/en', /in its 25th year/],
      ['6.1', 'What the city is strong in', '/facts/1/text/texts/en', /agricultural foundation/],
      [
        '7.1',
        'The city’s government was host with others',
        '/hosts/items/0',
        { name: { texts: { en: 'Weifang Municipal People’s Government' } }, role: 'coHost' },
      ],
      [
        '7.1',
        'So was an organisation of Japan',
        '/hosts/items/1',
        { name: { texts: { en: 'Japan External Trade Organization' } }, side: 'JP' },
      ],
      [
        '7.1',
        'So was an agency of Korea',
        '/hosts/items/2',
        { name: { texts: { en: 'Korea Trade-Investment Promotion Agency' } }, side: 'KR' },
      ],
      [
        '7.1',
        'So was a body of no side',
        '/hosts/items/3',
        { name: { texts: { en: 'China-Japan-Korea Cooperation Secretariat' } }, side: null },
      ],
      ['7.1', 'Nobody else was', '/hosts/completeness', 'exhaustive'],
      [
        '7.1',
        'It runs until this day',
        '/date',
        { edtf: '2024-10-17/2024-10-19', asReported: 'kicked off on October 17, will run until October 19' },
      ],
      ['7.2', 'Some of what happens around it is named', '/subEvents/completeness', 'illustrative'],
    ],
    'people ban-ki-moon': [
      name('2.1', 'Who opened it', 'Ban Ki-moon'),
      [
        '2.1',
        'He was once at the head of the United Nations, as the eighth',
        '/posts/0',
        { title: { texts: { en: 'Secretary-General of the United Nations' } }, ordinal: 8, tenure: 'former' },
      ],
      post('2.1', 'He chairs another forum', 'Chairman of the Boao Forum for Asia', 1),
    ],
    'participations cjk-forum-2024-ban-ki-moon': [['2.1', 'He spoke at the opening', '/role', 'openingSpeaker']],
    'statements cjk-forum-2024-ban-ki-moon-1': [said('2.1', 'Prospects are good', /promising/)],
    'statements cjk-forum-2024-ban-ki-moon-2': [
      said('2.2', 'Frameworks need institutions', /ASEAN and the trilateral dialogues/),
    ],
    'statements cjk-forum-2024-ban-ki-moon-3': [
      said('2.2', 'Exchange deepens at such events', /platforms such as the forum and the exposition/),
      said('2.3', 'A new era comes of it', /new era/),
    ],
    'people ren-hongbin': [
      name('3.1', 'Who spoke next', 'Ren Hongbin'),
      post('3.1', 'He heads a council', 'President of the China Council for the Promotion of International Trade'),
    ],
    'participations cjk-forum-2024-ren-hongbin': [['3.1', 'He spoke from afar', '/mode', 'video']],
    'statements cjk-forum-2024-ren-hongbin-1': [
      said('3.1', 'He named the anniversary', /25 years old/),
      said('3.1', 'Much was achieved', /achieved much/),
    ],
    'statements cjk-forum-2024-ren-hongbin-2': [
      said('3.2', 'What the council will do', /connect government and business/),
    ],
    'commitments ccpit-connections': [
      ['3.2', 'The council committed itself to that', '/modality', 'will'],
      [
        '3.2',
        'It did so alone',
        '/responsible',
        {
          completeness: 'exhaustive',
          items: [{ name: { texts: { en: 'China Council for the Promotion of International Trade' } } }],
        },
      ],
      ['3.2', 'A new level is fostered', '/text/texts/en', /foster a new level/],
      [
        '3.2',
        'All three nations gain by it',
        '/beneficiaries/items',
        [{ economy: 'CN' }, { economy: 'JP' }, { economy: 'KR' }],
      ],
      ['3.2', 'Its president said so', '/speaker/person', { texts: { en: 'Ren Hongbin' } }],
    ],
    'people zhou-liwei': [
      name('4.1', 'Who spoke for the province', 'Zhou Liwei'),
      post('4.1', 'In this post', 'Deputy Governor of Shandong Province'),
    ],
    'participations cjk-forum-2024-zhou-liwei': [['4.1', 'It was a speech', '/role', 'speaker']],
    'statements cjk-forum-2024-zhou-liwei-1': [
      said('4.1', 'The province works with both neighbours', /Japan and South Korea/),
    ],
    'statements cjk-forum-2024-zhou-liwei-2': [
      said('4.2', 'Whom the forum brings together', /scholars, associations of trade/),
    ],
    'statements cjk-forum-2024-zhou-liwei-3': [said('4.3', 'What the province aims at', /exchange cultures/)],
    'people lee-hee-seop': [
      name('5.1', 'Who spoke for the secretariat', 'Lee Hee-seop'),
      post('5.1', 'In this post', 'Secretary-General of the China-Japan-Korea Cooperation Secretariat'),
    ],
    'participations cjk-forum-2024-lee-hee-seop': [['5.1', 'It was a speech', '/role', 'speaker']],
    'statements cjk-forum-2024-lee-hee-seop-1': [
      said('5.1', 'How much forum and exposition matter', /critical international events/),
    ],
    'statements cjk-forum-2024-lee-hee-seop-2': [said('5.2', 'Whom they help', /Shandong and Weifang/)],
    'statements cjk-forum-2024-lee-hee-seop-3': [said('5.3', 'What the secretariat goes on doing', /building bridges/)],
    'commitments secretariat-bridges': [
      ['5.3', 'The secretariat will do it', '/modality', 'will'],
      [
        '5.3',
        'It is the one to do it',
        '/responsible/items/0/name/texts/en',
        'China-Japan-Korea Cooperation Secretariat',
      ],
      ['5.3', 'Others are named with whom', '/text/texts/en', /Shandong, Weifang and associated/],
    ],
    'people liu-yun': [
      name('6.1', 'Who spoke for the city', 'Liu Yun'),
      post('6.1', 'In this post', 'Secretary of the Weifang Municipal Committee of the Communist Party of China'),
    ],
    'participations cjk-forum-2024-liu-yun': [['6.1', 'It was a speech', '/role', 'speaker']],
    'statements cjk-forum-2024-liu-yun-1': [said('6.1', 'What the city has', /cultural heritage/)],
    'statements cjk-forum-2024-liu-yun-2': [said('6.2', 'What is hoped of the event', /friendships and partnerships/)],
    'series cjk-exposition': [
      titled('7.2', 'There is an exposition of this name', 'China-Japan-Korea Industrial Exposition'),
    ],
    'events cjk-exposition-10': [
      titled('7.2', 'It is held during the forum', '10th China-Japan-Korea Industrial Exposition'),
      ['7.2', 'It is the tenth', '/ordinal', 10],
      planned,
    ],
    'events academia-research-forum-2024': [
      titled('7.2', 'So is a forum', 'Sino-Korean Industry-Academia-Research Cooperation Forum'),
      planned,
    ],
    'events japan-investment-2024': [
      titled('7.2', 'Investment is presented', 'Investment presentations for Japan'),
      planned,
    ],
    'events korean-products-2024': [
      titled('7.2', 'Products are shown', 'Showcase of Korean quality products'),
      planned,
    ],
    'events e-commerce-2024': [
      ['7.2', 'Discussions are held', '/kind', 'discussion'],
      ['7.2', 'One topic of them is trade', '/topics/items/0/text/texts/en', 'cross-border e-commerce'],
      ['7.2', 'The other is agriculture', '/topics/items/1/text/texts/en', 'facility agriculture development'],
      planned,
    ],
  },
};
