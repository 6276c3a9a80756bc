/** What the five reports say that belongs to this service, as bodies of its API. */
const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const china = { name: en('China'), economy: 'CN' };
const korea = { name: en('South Korea'), economy: 'KR' };
const bothSides = { completeness: 'exhaustive', items: [china, korea] };

const agreed = (text: string, more: object = {}): object => ({ text: en(text), modality: 'agreed', ...more });
const list = (...items: object[]): object => ({ completeness: 'exhaustive', items });

export const firstParkMeeting = {
  type: 'meetingConsensus',
  titles: en('Results of the 1st Meeting of China-South Korea Industrial Park Cooperative Mechanism'),
  historical: true,
  adoptedOn: { edtf: '2015-11-30', inferred: [{ part: 'year', because: 'The second meeting is to be held in 2016.' }] },
  parties: bothSides,
  statements: list(
    agreed('working together in industrial parks follows what the leaders agreed', {
      basis: en('what the leaders had agreed'),
    }),
    {
      text: en('make the park an example'),
      modality: 'willing',
      context: en('in the age of China-South Korea FTA'),
    },
    { text: en('help enterprises to invest'), modality: 'will' },
  ),
  sources: [
    {
      kind: 'official',
      publisher: 'Ministry of Commerce of the PRC',
      publishedOn: null,
      approvedBy: 'MINISTRY OF COMMERCE,PRC',
      supportedBy: 'China International Electronic Commerce Center',
    },
  ],
};

export const secondMeeting = {
  text: en('a second meeting of the mechanism, in China, in 2016'),
  modality: 'agreed',
  historical: true,
  responsible: bothSides,
  due: { edtf: '2016', asReported: 'in 2016' },
  expects: { kind: 'eventHeld', ordinal: 2, economy: 'CN' },
};

export const committee24 = {
  type: 'meetingConsensus',
  titles: en('Results of the 24th meeting of the China-Korea Joint Economic and Trade Committee'),
  historical: true,
  adoptedOn: { edtf: '2020-08-01', inferred: [{ part: 'year', because: 'The epidemic broke out in that year.' }] },
  parties: bothSides,
  areas: list(
    {
      ordinal: 1,
      title: en('strengthen the top-level design of bilateral cooperation'),
      statements: list(
        agreed('go on docking the initiatives of both', {
          mentions: ['beltAndRoad', 'newSouthernPolicy', 'newNorthernPolicy', 'cnKrFtaSecondPhase'],
        }),
      ),
    },
    {
      ordinal: 2,
      title: en('deepen trade and investment cooperation'),
      statements: list(agreed('find more fields of trade')),
    },
    {
      ordinal: 3,
      title: en('promote industrial docking and cooperation'),
      statements: list(agreed('the two are very compatible', { mentions: ['newInfrastructure', 'koreanNewDeal'] }), {
        text: en('the two should be docked'),
        modality: 'should',
      }),
    },
    {
      ordinal: 4,
      title: en('expand local economic cooperation'),
      statements: list(
        { text: en('nothing is livelier than cooperation of regions'), modality: 'believe' },
        { text: en('go on building industrial parks together'), modality: 'will' },
        { text: en('innovating methods, expanding areas'), modality: 'support' },
      ),
    },
    {
      ordinal: 5,
      title: en('promote multilateral regional cooperation'),
      statements: list(
        agreed('work for RCEP to be signed as scheduled', { mentions: ['rcep'] }),
        agreed('bring the negotiations of the three forward', { mentions: ['cjkFta'] }),
      ),
    },
  ),
  initiatives: list(
    { code: 'beltAndRoad', names: en('Belt and Road'), owner: china },
    { code: 'newSouthernPolicy', names: en('New South'), owner: korea },
    { code: 'newNorthernPolicy', names: en('New North'), owner: korea },
    { code: 'newInfrastructure', names: en('new infrastructure'), owner: china },
    { code: 'koreanNewDeal', names: en('Korea version of the New Deal'), owner: korea },
  ),
  negotiationTracks: list(
    {
      code: 'cnKrFtaSecondPhase',
      names: en('China-South Korea Free Trade Agreement'),
      phase: en('second phase'),
      parties: bothSides,
    },
    { code: 'cjkFta', names: en('China-Japan-Korea Free Trade Agreement') },
  ),
  promotedAgreements: list({
    code: 'rcep',
    names: en('Regional Comprehensive Economic Partnership Agreement (RCEP)'),
    step: 'signing',
    by: { edtf: '2020-08-01/2020-12-31', asReported: 'within the year as scheduled' },
  }),
  sources: [
    {
      kind: 'interpretation',
      publishedOn: null,
      speaker: { person: null, post: en('head of the Asian Department of the Ministry of Commerce') },
    },
  ],
};

export const jointPlan = {
  type: 'jointPlan',
  titles: en('China-Korea Economic and Trade Cooperation Joint Plan (2021-2025)'),
  historical: true,
  status: 'negotiating',
  period: { edtf: '2021/2025' },
  parties: bothSides,
  links: [{ kind: 'context', name: en('accelerate the preparation'), certainty: 'stated' }],
};

export const jilinHongKong = {
  type: 'mou',
  titles: en('memorandum to deepen the economic and trade cooperation between Jilin and Hong Kong'),
  historical: true,
  status: 'signed',
  binding: null,
  signedOn: { edtf: '../2020-09-03', asReported: 'Before the conference' },
  ceremony: { name: en('cooperation signing ceremony'), relativeToEvent: 'before' },
  parties: {
    completeness: 'exhaustive',
    items: [
      { name: en('Jilin Provincial Department of Commerce'), economy: 'CN', signatory: { person: null } },
      { name: en('Hong Kong Trade Development Council'), economy: 'HK', signatory: { person: null } },
    ],
  },
  statements: list(agreed('Jilin brings its industry'), agreed('Hong Kong brings services and platforms')),
};

export const shandongPledge = {
  text: en('bring industry, trade and culture closer together'),
  modality: 'aim',
  historical: true,
  responsible: list({ name: en('Shandong Province'), economy: 'CN' }),
  speaker: {
    person: { texts: { en: 'Zhou Liwei' }, order: 'familyFirst' },
    post: en('Deputy Governor'),
    organization: 'Shandong Province',
  },
  undertakenOn: { edtf: '2024-10-17' },
};

export const jiangsuPledge = {
  text: en('make trade and investment easier, for both peoples'),
  modality: 'will',
  historical: true,
  responsible: list({ name: en('Jiangsu'), economy: 'CN' }),
  speaker: {
    person: { texts: { en: 'Xu Kunlin' }, order: 'familyFirst' },
    post: en('governor'),
    recalls: { person: { texts: { en: 'Xi Jinping' }, order: 'familyFirst' }, post: en('Chinese President') },
  },
  undertakenOn: null,
};

export const koreanPlants = ['Kia', 'Hyundai'].map((name) => ({
  names: en(`large factory of ${name}`),
  historical: true,
  status: 'operating',
  certainty: 'inferred',
  because: 'Their establishment is reported; that they run is not said.',
  industry: 'automobiles',
  economies: ['KR'],
  parties: { completeness: 'illustrative', items: [{ name: en(name), economy: 'KR', role: 'investor' }] },
}));
