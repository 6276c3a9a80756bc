import { bothSides, china, en, exhaustive, illustrative, korea } from './words';

/** What the 24th meeting of the committee agreed, in five areas, as its interpreter in the ministry put it. */
interface Said {
  text: string;
  modality: string;
  mentions?: string[];
  due?: Record<string, unknown>;
}

const statement = ({ text, modality, ...rest }: Said): Record<string, unknown> => ({
  text: en(text),
  modality,
  ...rest,
});

const area = (ordinal: number, title: string, said: Said[]): Record<string, unknown> => ({
  ordinal,
  title: en(title),
  statements: exhaustive(said.map(statement)),
});

const areas = [
  area(1, 'Strengthen the top-level design of bilateral cooperation', [
    {
      text: 'Keep promoting in depth the docking of the "Belt and Road" initiative with the "New South" and "New North" policies',
      modality: 'agreed',
      mentions: ['beltAndRoad', 'newSouthernPolicy', 'newNorthernPolicy'],
    },
    {
      text: 'Get on with the negotiations on the second phase of their free trade agreement',
      modality: 'agreed',
      mentions: ['cnKrFtaSecondPhase'],
    },
    {
      text: 'Prepare the "China-Korea Economic and Trade Cooperation Joint Plan (2021-2025)" faster, for the quality and upgrading of cooperation',
      modality: 'agreed',
      mentions: ['jointPlan20212025'],
    },
  ]),
  area(2, 'Deepen trade and investment cooperation', [
    { text: 'Find more fields and more potential of trade', modality: 'agreed' },
    {
      text: 'Organise promotion activities and build more trade platforms for enterprises of both countries',
      modality: 'agreed',
    },
    { text: 'Support investment both ways by strong and reputable enterprises', modality: 'support' },
    {
      text: 'Treat enterprises of the other side fairly, justly and without discrimination',
      modality: 'agreed',
    },
  ]),
  area(3, 'Promote industrial docking and cooperation', [
    {
      text: `China's "new infrastructure" and the "Korea version of the New Deal" are very compatible`,
      modality: 'agreed',
      mentions: ['newInfrastructure', 'koreanNewDeal'],
    },
    {
      text: 'Strengthen the docking of the two, so that industrial cooperation drives trade and investment',
      modality: 'should',
      mentions: ['newInfrastructure', 'koreanNewDeal'],
    },
    {
      text: 'Cultivate new growth points of economic and trade cooperation for the post-epidemic era',
      modality: 'should',
    },
  ]),
  area(4, 'Expand local economic cooperation', [
    {
      text: 'Nothing between the two is livelier, or has more potential, than cooperation of regions and cities',
      modality: 'believe',
    },
    {
      text: 'Go on building industrial parks together, as new heights of cooperation between regions',
      modality: 'will',
    },
    {
      text: `Stand behind those provinces and cities of China that find new ways, in more fields, of working with South Korea`,
      modality: 'support',
    },
  ]),
  area(5, 'Promote multilateral regional cooperation', [
    {
      text: 'Keep strengthening communication and coordination in regional and multilateral frameworks',
      modality: 'agreed',
    },
    {
      text: 'Work for RCEP to be signed as scheduled, before the year is over',
      modality: 'agreed',
      mentions: ['rcep'],
      due: withinTheYear(),
    },
    {
      text: 'Bring the negotiations of the three on free trade forward',
      modality: 'agreed',
      mentions: ['cjkFta'],
    },
    { text: 'Safeguard the multilateral trading system', modality: 'agreed' },
    { text: 'Build an open world economy together', modality: 'agreed' },
  ]),
];

function withinTheYear(): Record<string, unknown> {
  return {
    edtf: '2020-08-01/2020-12-31',
    asReported: 'within the year',
    inferred: [
      { part: 'year', because: 'The joint plan under preparation covers 2021-2025 and the epidemic is under way' },
    ],
  };
}

const initiative = (code: string, name: string, owner: { economy: string }): Record<string, unknown> => ({
  code,
  names: en(name),
  owner: { ...owner, role: 'owner' },
});

export const jointCommitteeOutcome = (eventId: string, sources: unknown[]): Record<string, unknown> => ({
  type: 'meetingConsensus',
  titles: en('Consensus of the 24th meeting of the China-Korea Joint Economic and Trade Committee'),
  parties: bothSides,
  eventId,
  historical: true,
  areas: exhaustive(areas),
  initiatives: exhaustive([
    initiative('beltAndRoad', 'Belt and Road', china),
    initiative('newSouthernPolicy', 'New South', korea),
    initiative('newNorthernPolicy', 'New North', korea),
    initiative('newInfrastructure', 'new infrastructure', china),
    initiative('koreanNewDeal', 'Korea version of the New Deal', korea),
  ]),
  negotiationTracks: exhaustive([
    {
      code: 'cnKrFtaSecondPhase',
      names: en('China-South Korea Free Trade Agreement'),
      phase: en('second phase'),
      parties: bothSides,
    },
    {
      code: 'cjkFta',
      names: en('China-Japan-Korea Free Trade Agreement'),
      parties: exhaustive([china, { economy: 'JP' }, korea]),
    },
  ]),
  promotedAgreements: exhaustive([
    {
      code: 'rcep',
      names: en('Regional Comprehensive Economic Partnership Agreement (RCEP)'),
      step: 'signing',
      by: withinTheYear(),
    },
    {
      code: 'jointPlan20212025',
      names: en('China-Korea Economic and Trade Cooperation Joint Plan (2021-2025)'),
      step: 'preparation',
    },
  ]),
  statements: illustrative([
    {
      text: en(
        'The ministry will go on in the spirit of Xi Jinping’s diplomatic thoughts and of a future that mankind shares',
      ),
      modality: 'will',
      by: exhaustive([{ ...china, name: en('Ministry of Commerce') }]),
    },
    {
      text: en(
        'Explore feasible plans for stronger economic and trade exchanges with relevant countries, for the recovery of the world economy',
      ),
      modality: 'will',
      condition: en('On the premise that the epidemic is prevented and controlled'),
      by: exhaustive([{ ...china, name: en('Ministry of Commerce') }]),
    },
  ]),
  sources,
});

/** The plan is being prepared, not agreed: entered as it was, a draft of the past. */
export const jointPlan = (sources: unknown[]): Record<string, unknown> => ({
  type: 'jointPlan',
  titles: en('China-Korea Economic and Trade Cooperation Joint Plan (2021-2025)'),
  period: { edtf: '2021/2025', asReported: '2021-2025' },
  parties: bothSides,
  status: 'negotiating',
  historical: true,
  certainty: 'stated',
  sources,
});
