import { type ReportFacts } from './report-facts';

const zone = 'China-ROK (Changchun) International Cooperation Demonstration Zone';
const fact = (index: number): string => `/facts/${index}/text/texts/en`;
const group = (index: number): string => `/groups/items/${index}/text/texts/en`;
const included = (index: number): string => `/includes/${index}`;

export const changchunPromotionFacts: ReportFacts = {
  seed: '002',
  name: 'Changchun promotion conference, Beijing',
  sentences: [2, 2, 5, 2],
  empty: {},
  items: {
    'events ciftis-2020': [
      [
        '1.1',
        'There was a fair of this name',
        '/names/texts/en',
        '2020 China International Fair for Trade in Services',
      ],
      ['1.1', 'The conference was one of its contents', '/subEvents/completeness', 'illustrative'],
    ],
    'events jilin-province-day-2020': [
      ['1.1', 'A day of Jilin was part of the fair', '/names/texts/en', 'Jilin Province Day'],
    ],
    'events changchun-promotion-2020': [
      ['0.1', 'The report has this title', '/sources/0/title', `Global promotion conference for ${zone} held`],
      [
        '0.2',
        'It was published on this day',
        '/sources/0/publishedOn',
        { edtf: '2020-09-07', asReported: '2020-09-07' },
      ],
      ['0.2', 'This is who published it', '/sources/0/publisher', 'JL.gov'],
      ['1.1', 'The conference was for the zone', '/names/texts/en', `Global promotion conference for the ${zone}`],
      ['1.1', 'It was a promotion conference', '/kind', 'promotionConference'],
      [
        '1.1',
        'It was on the afternoon of a day',
        '/date',
        { edtf: '2020-09-03', dayPart: 'afternoon', asReported: 'On the afternoon of September 3' },
      ],
      ['1.1', 'It was in a hotel', '/venue/hotel/texts/en', 'Changbaishan International Hotel'],
      ['1.1', 'The hotel is in Beijing', '/venue', { city: { texts: { en: 'Beijing' } }, economy: 'CN' }],
      [
        '1.2',
        'An embassy was represented',
        '/delegatingBodies/items/0',
        { name: { texts: { en: 'South Korean Embassy in China' } }, side: 'KR' },
      ],
      [
        '1.2',
        'Business associations came',
        '/delegatingBodies/items/1',
        { name: { texts: { en: 'South Korean business associations in China' } }, side: 'KR' },
      ],
      ['1.2', 'The province’s heads came, without names', group(0), 'heads of the Jilin provincial government'],
      ['1.2', 'The party committee’s heads came', group(1), 'heads of the Changchun municipal Party committee'],
      ['1.2', 'The city’s heads came', group(2), 'heads of the Changchun municipal government'],
      ['1.2', 'Heads of departments came', group(3), /departments directly under the provincial government/],
    ],
    'figures changchun-promotion-2020-participants': [
      [
        '1.2',
        'More than a hundred came; how many more is not said',
        '/quantity',
        { qualifier: 'moreThan', lower: '100', inclusive: false, unit: 'person' },
      ],
      ['1.2', 'The report puts it so', '/quantity/asReported', 'More than 100 people'],
      [
        '1.2',
        'Enterprises from South Korea were among them',
        included(0),
        { quantity: { qualifier: 'exact', value: '24', unit: 'enterprise' }, economy: 'KR' },
      ],
      [
        '1.2',
        'Enterprises from China were among them',
        included(1),
        { quantity: { qualifier: 'exact', value: '35', unit: 'enterprise' }, economy: 'CN' },
      ],
      ['1.2', 'China’s are called well-known', `${included(1)}/text/texts/en`, 'well-known domestic enterprises'],
      ['1.2', 'Not all who came are listed', '/includesCompleteness', 'illustrative'],
    ],
    'zones changchun-zone': [
      ['1.1', 'There is a zone of this name', '/names/texts/en', zone],
      ['2.1', 'It lies well for traffic and has resources', fact(0), /traffic hinterland/],
      ['2.2', 'Its chains complement those of others', fact(1), /product, innovation and value chains/],
      ['2.2', 'The prospects are broad', fact(1), /broad prospects/],
      ['2.3', 'Strategies meet there, of which some are named', '/strategies/completeness', 'illustrative'],
      [
        '2.3',
        'One is China’s',
        '/strategies/items/0',
        { name: { texts: { en: 'Belt and Road Initiative' } }, ownerSide: 'CN' },
      ],
      [
        '2.3',
        'One is South Korea’s',
        '/strategies/items/1',
        { name: { texts: { en: 'New Northern Policy' } }, ownerSide: 'KR' },
      ],
      [
        '2.3',
        'One is Russia’s',
        '/strategies/items/2',
        { name: { texts: { en: 'Far East Development Strategy' } }, ownerSide: 'RU' },
      ],
      [
        '2.3',
        'One is Mongolia’s',
        '/strategies/items/3',
        { name: { texts: { en: 'Grassland Road' } }, ownerSide: 'MN' },
      ],
    ],
    'places jilin': [
      ['2.4', 'Much investment comes from South Korea', fact(0), /foreign investment comes from South Korea/],
      ['2.4', 'Most tourists come from there', fact(1), /many tourists/],
    ],
    'places changchun': [['2.4', 'Changchun is a city', '/kind', 'city']],
    'relationships jilin-friendly-regions': [
      ['2.4', 'Jilin has friends among regions', '/kind', 'friendlyRegion'],
      [
        '2.4',
        'One of them is named',
        '/partners',
        { completeness: 'illustrative', items: [{ name: { texts: { en: 'Gangwon-do' } } }] },
      ],
    ],
    'relationships changchun-sister-cities': [
      ['2.4', 'Changchun has sister cities', '/kind', 'sisterCity'],
      ['2.4', 'They are six', '/partners/count', { qualifier: 'exact', value: '6', unit: 'city' }],
      [
        '2.4',
        'One of them is named',
        '/partners',
        { completeness: 'illustrative', items: [{ name: { texts: { en: 'Ulsan' } } }] },
      ],
    ],
    'sessions changchun-promotion-2020-briefing': [
      ['2.5', 'How things are with the zone was told', '/kind', 'briefing'],
      ['2.5', 'Heads of the province told it', '/presenters/items/0/text/texts/en', 'relevant heads of Jilin province'],
    ],
    'sessions changchun-promotion-2020-release': [
      ['2.5', 'Where industry is to go was released', '/releases/0/kind', 'industrialDirection'],
      ['2.5', 'Projects were released', '/releases/1/kind', 'majorProject'],
      ['2.5', 'Policies for investors were released', '/releases/2/kind', 'investmentPolicy'],
    ],
    'statements changchun-promotion-2020-welcome': [
      ['2.5', 'The heads bade everyone welcome', '/text/texts/en', /welcome in the province/],
      [
        '2.5',
        'Who of them is not said',
        '/speaker',
        { person: null, post: { texts: { en: 'relevant heads of Jilin province' } } },
      ],
    ],
    'organizations jilin-commerce': [
      ['3.1', 'One body that signed', '/names/texts/en', 'Jilin Provincial Department of Commerce'],
    ],
    'organizations hktdc': [
      ['3.1', 'The other body that signed', '/names/texts/en', 'Hong Kong Trade Development Council'],
      ['3.1', 'It is Hong Kong’s', '/economy', 'HK'],
    ],
    'events jilin-hong-kong-signing': [
      ['3.1', 'There was a ceremony', '/kind', 'ceremony'],
      [
        '3.1',
        'It was before the conference, when is not said',
        '/date',
        { edtf: '../2020-09-03', asReported: 'Before the conference' },
      ],
      ['3.1', 'Both held it', '/hosts', { completeness: 'exhaustive', items: [{ side: 'CN' }, { side: 'HK' }] }],
    ],
    'agreements jilin-hong-kong-mou': [
      ['3.1', 'They signed a memorandum', '/type', 'mou'],
      ['3.1', 'It is signed', '/status', 'signed'],
      [
        '3.1',
        'It is to deepen cooperation',
        '/titles/texts/en',
        /deepen the economic and trade cooperation between Jilin and Hong Kong/,
      ],
      [
        '3.1',
        'Two bodies signed',
        '/parties',
        { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'HK' }] },
      ],
      ['3.1', 'It was signed before the conference', '/signedOn/asReported', 'Before the conference'],
      ['3.1', 'It was signed at a ceremony', '/ceremony/name/texts/en', 'Cooperation signing ceremony'],
      ['3.1', 'The ceremony came first', '/ceremony/relativeToEvent', 'before'],
      ['3.1', 'Who put the name to it is not said', '/parties/items/0/signatory/person', null],
      ['3.2', 'Jilin’s strength is its industry', '/statements/items/0/text/texts/en', /industrial advantages/],
      ['3.2', 'Hong Kong’s are services and platforms', '/statements/items/1/text/texts/en', /professional services/],
      ['3.2', 'They share, and exchange people', '/statements/items/2/text/texts/en', /exchange more personnel/],
      ['3.2', 'Cooperation is deepened', '/statements/items/3/text/texts/en', 'Deepen economic and trade cooperation'],
      ['3.2', 'They agreed on that', '/statements/items/3/modality', 'agreed'],
    ],
  },
};
