import { type ReportFacts } from './report-facts';

const said = (index: number, field = 'text'): string => `/statements/items/${index}/${field}/texts/en`;

export const industrialParkMeetingFacts: ReportFacts = {
  seed: '000',
  name: 'industrial park mechanism, Seoul',
  sentences: [0, 3, 5, 1, 1],
  empty: {},
  items: {
    'series industrial-park-mechanism': [
      [
        '1.1',
        'There is a mechanism of this name',
        '/names/texts/en',
        'China-South Korea Industrial Park Cooperative Mechanism',
      ],
      ['1.1', 'It is a mechanism between states', '/mechanism', true],
      ['1.1', 'China and South Korea are its sides', '/economies', ['CN', 'KR']],
      [
        '1.2',
        'China chairs it by a vice minister',
        '/coChairs/0',
        { side: 'CN', post: { texts: { en: 'Vice Minister of Commerce' } } },
      ],
      [
        '1.2',
        'So does South Korea',
        '/coChairs/1',
        { side: 'KR', post: { texts: { en: 'Vice Minister of Trade, Industry and Energy' } } },
      ],
      [
        '3.1',
        'After South Korea it is China’s turn to hold it',
        '/hostRotation/items',
        [
          { ordinal: 1, side: 'KR' },
          { ordinal: 2, side: 'CN' },
        ],
      ],
    ],
    'events industrial-park-mechanism-1': [
      [
        '1.1',
        'The meeting goes by this name',
        '/names/texts/en',
        'The 1st Meeting of China-South Korea Industrial Park Cooperative Mechanism',
      ],
      ['1.1', 'It was the first', '/ordinal', 1],
      ['1.1', 'It was held', '/status', 'closed'],
      ['1.1', 'It was in Seoul', '/venue/city/texts/en', 'Seoul'],
      ['1.1', 'Seoul is in South Korea', '/venue/economy', 'KR'],
      ['1.1', 'It was on November 30', '/date/asReported', 'November 30'],
      [
        '1.1',
        'The year is not given and follows from the next meeting’s',
        '/date',
        { edtf: '2015?-11-30', inferred: [{ part: 'year' }] },
      ],
      ['1.3', 'The bodies that came are given as examples', '/delegatingBodies/completeness', 'illustrative'],
      [
        '1.3',
        'Shandong’s came',
        '/delegatingBodies/items/0',
        { name: { texts: { en: 'Department of Commerce of Shandong province' } }, side: 'CN' },
      ],
      [
        '1.3',
        'Jiangsu’s came',
        '/delegatingBodies/items/1',
        { name: { texts: { en: 'Department of Commerce of Jiangsu' } }, side: 'CN' },
      ],
      [
        '1.3',
        'Yantai’s came',
        '/delegatingBodies/items/2',
        { name: { texts: { en: 'people’s government of Yantai' } }, side: 'CN' },
      ],
      [
        '1.3',
        'Yancheng’s came',
        '/delegatingBodies/items/3',
        { name: { texts: { en: 'people’s government of Yancheng' } }, side: 'CN' },
      ],
      [
        '1.3',
        'A Korean agency came',
        '/delegatingBodies/items/4',
        { name: { texts: { en: 'Saemangeum Development Agency' } }, side: 'KR' },
      ],
      [
        '1.3',
        'A Korean ministry came',
        '/delegatingBodies/items/5',
        { name: { texts: { en: 'Ministry of Land and Transportation' } }, side: 'KR' },
      ],
      ['4.1', 'A ministry approved the report', '/sources/0/approvedBy', 'MINISTRY OF COMMERCE,PRC'],
      ['4.1', 'A centre supported it', '/sources/0/supportedBy', 'China International Electronic Commerce Center'],
      ['4.1', 'When it was published is not said', '/sources/0/publishedOn', null],
    ],
    'people gao-yan': [
      ['1.2', 'One who chaired was of this name', '/name', { texts: { en: 'Gao Yan' }, order: 'familyFirst' }],
      ['1.2', 'She held this post', '/posts/0/title/texts/en', 'Vice Minister of Commerce'],
    ],
    'participations industrial-park-mechanism-1-gao-yan': [
      ['1.2', 'She chaired it together with another', '/role', 'coChair'],
      ['1.2', 'She did so for China', '/side', 'CN'],
    ],
    'people lee-kwan-sup': [
      ['1.2', 'The other was of this name', '/name', { texts: { en: 'Lee Kwan-sup' }, order: 'familyFirst' }],
      ['1.2', 'He held this post', '/posts/0/title/texts/en', 'Vice Minister of Trade, Industry and Energy'],
    ],
    'participations industrial-park-mechanism-1-lee-kwan-sup': [
      ['1.2', 'He chaired it together with her', '/role', 'coChair'],
      ['1.2', 'He did so for South Korea', '/side', 'KR'],
    ],
    'outcome-documents industrial-park-mechanism-1': [
      ['2.1', 'Cooperation in parks is a highlight and a platform', said(0), /highlight and platform/],
      ['2.1', 'The circumstances are new', said(0), /new circumstances/],
      ['2.1', 'It rests on what leaders agreed', said(0, 'basis'), /leaders of both/],
      ['2.1', 'Both sides agreed on that', '/statements/items/0/modality', 'agreed'],
      ['2.2', 'It will help cooperation, local above all', said(1), /between regions/],
      [
        '2.3',
        'A new model, new industries, young enterprises and a platform for them',
        said(2),
        /new model of cooperation/,
      ],
      ['2.3', 'Both sides agreed on that', '/statements/items/2/modality', 'agreed'],
      ['2.4', 'The park is to be a typical model', said(3), /an example of economic cooperation/],
      ['2.4', 'That is in the age of an agreement', said(3, 'context'), /FTA/],
      ['2.4', 'They are willing to do that', '/statements/items/3/modality', 'willing'],
      ['2.5', 'Enterprises are helped to enter, and the park is made known', said(4), /better known/],
      ['2.5', 'Measures for that are new', said(4), /new measures/],
      ['2.5', 'They will do that', '/statements/items/4/modality', 'will'],
    ],
    'commitments industrial-park-mechanism-2': [
      ['3.1', 'A second meeting was agreed', '/expects', { kind: 'eventHeld', ordinal: 2 }],
      ['3.1', 'Both sides agreed on it', '/modality', 'agreed'],
      ['3.1', 'Both are to do it', '/responsible/items', [{ economy: 'CN' }, { economy: 'KR' }]],
      ['3.1', 'It is due in 2016', '/due', { edtf: '2016', asReported: 'in 2016' }],
      ['3.1', 'It is to be in China', '/expects/economy', 'CN'],
    ],
    'events industrial-park-mechanism-2': [
      ['3.1', 'The second meeting is planned', '/status', 'planned'],
      ['3.1', 'It is the second', '/ordinal', 2],
      ['3.1', 'It is planned for 2016', '/date/edtf', '2016'],
      ['3.1', 'It is planned in China', '/venue/economy', 'CN'],
      ['3.1', 'Holding it fulfils what was agreed', '/fulfils/0', {}],
    ],
  },
};
