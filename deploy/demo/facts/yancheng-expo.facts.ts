import { type ReportFacts } from './report-facts';

const exhibition = 'China-South Korea Environmental and Innovation Cooperation Exhibition';
const fact = (index: number): string => `/facts/${index}/text/texts/en`;
const industry = (index: number): string => `/focusIndustries/items/${index}/text/texts/en`;
const spoken = '/text/texts/en';

export const yanchengExpoFacts: ReportFacts = {
  seed: '004',
  name: 'expo in Yancheng',
  sentences: [5, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  empty: { '0.2': 'the name of a web site', '0.5': 'the title once more', '9.1': 'a link to another article' },
  items: {
    'series yancheng-expo': [
      ['0.4', 'One name of it stands in the title', '/names/texts/en', exhibition],
      ['11.1', 'The text has another', '/aliases/0/names/texts/en', 'China-South Korea Trade and Investment Expo'],
      ['11.1', 'That both are one and the same is inferred', '/aliases/0/certainty', 'inferred'],
      ['11.1', 'It became a platform over the years', fact(1), /important platform/],
      ['4.1', 'The city held it five times', fact(0), /five editions since 2019/],
    ],
    'events yancheng-expo-2023': [
      [
        '0.1',
        'It was published on this day',
        '/sources/0/publishedOn',
        { edtf: '2023-11-30', asReported: 'November 30, 2023' },
      ],
      ['0.3', 'This is who published it', '/sources/0/publisher', 'Complete New Zealand News World'],
      ['0.4', 'The report has this title', '/sources/0/title', exhibition],
      ['1.1', 'The slogan begins so', '/theme/texts/en', /^Openness and cooperation in an environmental way/],
      ['1.2', 'It goes on so', '/theme/texts/en', /For a shared future of science and innovation$/],
      ['1.2', 'Both countries took part', '/economies', ['CN', 'KR']],
      ['2.1', 'Trade was promoted', fact(0), /trade exchanges/],
      ['2.1', 'Cooperation became deeper', fact(1), /industrial cooperation/],
      ['2.1', 'Circulation within and without was furthered', fact(1), /dual circulation/],
      [
        '3.1',
        'That was in the year of the report',
        '/date',
        { edtf: '2023', asReported: 'This year', inferred: [{ part: 'year' }] },
      ],
      [
        '3.1',
        'Five industries were in focus',
        '/focusIndustries/count',
        { qualifier: 'exact', value: '5', unit: 'industry' },
      ],
      ['3.1', 'The list begins with "such as"', '/focusIndustries/completeness', 'illustrative'],
      ['3.1', 'The first industry', industry(0), 'automobiles'],
      ['3.1', 'The second industry', industry(1), 'new energy equipment'],
      ['3.1', 'The third industry', industry(2), 'electronic information'],
      ['3.1', 'The fourth industry', industry(3), 'smart manufacturing'],
      ['3.1', 'The fifth industry', industry(4), 'modern services'],
      [
        '4.1',
        'The city holds it',
        '/hosts/items/0',
        { name: { texts: { en: 'The city of Yancheng' } }, role: 'host', side: 'CN' },
      ],
      [
        '4.1',
        'It is held in the city',
        '/venue',
        { city: { texts: { en: 'Yancheng' } }, province: { texts: { en: 'Jiangsu' } } },
      ],
    ],
    'events yancheng-expo-2023-opening': [
      ['1.2', 'The exhibition had an opening ceremony', '/kind', 'ceremony'],
      ['1.2', 'When that was is not said', '/date', null],
    ],
    'figures yancheng-expo-2023-opening-participants': [
      ['1.2', 'About so many came to that', '/quantity', { qualifier: 'approx', value: '700', unit: 'person' }],
      ['1.2', 'The report puts it so', '/quantity/asReported', 'about 700 people from both countries'],
    ],
    'places jiangsu': [
      ['4.1', 'The province is in the south', fact(0), /southern/],
      ['5.1', 'It has come closer to South Korea', fact(1), /come closer/],
      ['5.1', 'It is among its largest trade partners', fact(1), /largest trade partners/],
      ['5.1', 'All of the region’s Korean companies are there', fact(1), /all Korean companies/],
      ['6.1', 'Some of them have large factories', fact(3), /Kia and Hyundai/],
      ['11.1', 'Most of what South Korea invests in China is there', fact(2), /largest investment in China/],
    ],
    'places yancheng': [
      ['4.1', 'Yancheng is a city', '', { names: { texts: { en: 'Yancheng' } }, kind: 'city', economy: 'CN' }],
    ],
    'figures yancheng-editions': [
      ['4.1', 'It was held so often', '/quantity', { qualifier: 'exact', value: '5', unit: 'edition' }],
      ['4.1', 'It is held since then; nothing says when', '/period', { edtf: '2019/..', asReported: 'since 2019' }],
    ],
    'figures yancheng-participants': [
      [
        '4.1',
        'More than so many came to all of them',
        '/quantity',
        { qualifier: 'moreThan', lower: '100000', inclusive: false, unit: 'person' },
      ],
      ['4.1', 'All of them are five', '/covers/count', { qualifier: 'exact', value: '5', unit: 'edition' }],
    ],
    'figures yancheng-businessVolume': [
      ['4.1', 'Business was about so much', '/quantity', { qualifier: 'approx', value: '7000000000', currency: 'USD' }],
      ['4.1', 'The report puts it so', '/quantity/asReported', 'about seven billion dollars'],
      ['4.1', 'Whose dollars is inferred', '/certainty', 'inferred'],
    ],
    'figures yancheng-projects': [
      [
        '4.1',
        'So many projects were signed',
        '/quantity',
        { qualifier: 'exact', value: '191', unit: 'project', asReported: '191 industrial projects' },
      ],
    ],
    'figures yancheng-investment': [
      [
        '4.1',
        'About so much was invested',
        '/quantity',
        { qualifier: 'approx', value: '270000000000', currency: 'CNY', asReported: 'about 270 billion yuan' },
      ],
    ],
    'people xu-kunlin': [
      ['6.1', 'Who spoke for the province', '/name', { texts: { en: 'Xu Kunlin' }, order: 'familyFirst' }],
      ['6.1', 'In this post', '/posts/0/title/texts/en', 'Governor of Jiangsu'],
    ],
    'participations yancheng-expo-2023-xu-kunlin': [['6.1', 'He spoke', '/role', 'speaker']],
    'statements yancheng-expo-2023-xu-kunlin-1': [
      ['6.1', 'Relations between the two are close', spoken, /close/],
      ['6.1', 'Factories show it', spoken, /factories/],
    ],
    'statements yancheng-expo-2023-xu-kunlin-2': [
      ['7.1', 'The two should work together more on technology', spoken, /technology and innovation/],
      [
        '7.1',
        'That was said first by another',
        '/speaker/recalls',
        { person: { texts: { en: 'Xi Jinping' } }, post: { texts: { en: 'President of China' } } },
      ],
    ],
    'statements yancheng-expo-2023-xu-kunlin-3': [
      ['7.1', 'Both peoples gain by it', spoken, /benefit of both peoples/],
      ['7.1', 'Whoever trades and invests will have it better', spoken, /trade and investment/],
    ],
    'commitments jiangsu-environment': [
      ['7.1', 'The province will improve it', '/modality', 'will'],
      ['7.1', 'It is the province that will', '/responsible/items/0/name/texts/en', 'Jiangsu Province'],
      ['7.1', 'It has done so before', '/text/texts/en', /^Go on improving/],
      ['7.1', 'It is for both peoples', '/beneficiaries/items', [{ economy: 'CN' }, { economy: 'KR' }]],
      ['7.1', 'The governor said so', '/speaker/post/texts/en', 'Governor of Jiangsu'],
    ],
    'people chung-jae-ho': [
      ['8.1', 'Who spoke for South Korea', '/name', { texts: { en: 'Chung Jae-ho' }, order: 'familyFirst' }],
      ['8.1', 'In this post', '/posts/0/title/texts/en', 'Ambassador of South Korea to China'],
    ],
    'participations yancheng-expo-2023-chung-jae-ho': [['8.1', 'He did so for his side', '/side', 'KR']],
    'statements yancheng-expo-2023-chung-jae-ho-1': [
      ['8.1', 'Both countries change over to a green economy', spoken, /green economy/],
    ],
    'statements yancheng-expo-2023-chung-jae-ho-2': [
      [
        '10.1',
        'Governments and companies of both have to work together in some sectors',
        spoken,
        /new energies, in digitization and in digital transformation/,
      ],
      ['10.1', 'The exhibition is the place for it', spoken, /no better place/],
    ],
  },
};
