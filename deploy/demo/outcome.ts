import { kafkaSettings } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { type CaughtMail } from '../local/mail-catcher';
import { type ApiClient, type Json } from './api-client';
import { webhookTypes } from './downstream';
import { checkMessages, type MessageCheck } from './message-check';
import { type FactCount, type ReplayedReports } from './reports/replay';
import { editionCount, signUpsPerEdition } from './simulation/editions';
import { tracesOfVisitors } from './simulation/people';
import { projectCount, totalInvestmentCny } from './simulation/projects';
import { checkedInOfTen } from './simulation/sign-ups';
import { checkedInAtTheDoor, mailsAskedFor, type Simulation } from './simulation/simulation';
import { waitUntil } from './wait-until';

export interface StatisticsRow {
  metric: string;
  currency: string | null;
  computed: Json | null;
  reported: Json[];
}

export interface Statistics extends Json {
  synthetic: boolean;
  rows: StatisticsRow[];
}

/** What can be seen from outside after the replay. */
export interface Outcome {
  reports: Statistics;
  simulation: Statistics;
  /** Items that were entered, and the facts of the reports that they state. */
  itemCount: number;
  factCounts: FactCount[];
  lostFacts: string[];
  messages: MessageCheck;
  /** Delivered according to the service's own log, by message type. */
  webhooks: Map<string, number>;
  /** Delivered to the demo's receiver with a signature that does not verify. */
  rejectedWebhooks: number;
  mails: number;
}

export interface Surroundings {
  api: ApiClient;
  reports: ReplayedReports;
  simulation: Simulation;
  /** The settings by which the broker is reached. */
  kafka: Record<string, string>;
  rejectedWebhooks: () => number;
  mails: readonly CaughtMail[];
}

const openEditionProjects = Math.floor(projectCount / editionCount);
const expectedComputed: [metric: string, value: string][] = [
  ['registered', String(editionCount * signUpsPerEdition)],
  ['checkedIn', String((editionCount - 1) * (signUpsPerEdition / 10) * checkedInOfTen + checkedInAtTheDoor)],
  ['projects', String(projectCount)],
  ['investment', String(totalInvestmentCny)],
  ['agreements', '1'],
];
const expectedReported: [metric: string, figure: Json][] = [
  ['participants', { qualifier: 'moreThan', lower: '100000', unit: 'person' }],
  ['projects', { qualifier: 'exact', value: '191', unit: 'project', itemised: '0' }],
  ['investment', { qualifier: 'approx', value: '270000000000', currency: 'CNY' }],
  ['businessVolume', { qualifier: 'approx', value: '7000000000', currency: 'USD', certainty: 'inferred' }],
];
const expectedWebhooks = new Map([
  ['expo-accord.agreement.agreed.v1', 1],
  ['expo-accord.agreement.signed.v1', 1],
  ['expo-accord.project.announced.v1', openEditionProjects],
  ['expo-accord.project.signed.v1', openEditionProjects],
]);

type Figures = Omit<Outcome, 'messages'>;

/** Looks until all figures are as expected, because the last message may still be under way, or until time is up. */
export async function settledOutcome(around: Surroundings, timeoutMs = 180_000): Promise<Outcome> {
  const figures = await settledFigures(around, timeoutMs);
  const messages = await checkMessages(readSettings(kafkaSettings, around.kafka), tracesOfVisitors());
  return { ...figures, messages };
}

/** The same without reading every topic. */
export async function settledFigures(around: Surroundings, timeoutMs = 180_000): Promise<Figures> {
  const { api, reports, simulation } = around;
  const observe = async (): Promise<Figures> => ({
    reports: (await api.get(`/v1/series/${reports.yanchengSeriesId}/statistics`)) as Statistics,
    simulation: (await api.get(`/v1/series/${simulation.seriesId}/statistics`)) as Statistics,
    itemCount: reports.items.size,
    factCounts: reports.factCounts,
    lostFacts: reports.differences,
    webhooks: await deliveredWebhooks(api),
    rejectedWebhooks: around.rejectedWebhooks(),
    mails: mailsToVisitors(around.mails),
  });
  const nothingToSay: MessageCheck = { countsByType: new Map(), problems: [] };
  return await waitUntil(
    'the figures to be right',
    observe,
    (figures) => deviations({ ...figures, messages: nothingToSay }).length === 0,
    timeoutMs,
  ).catch(observe);
}

async function deliveredWebhooks(api: ApiClient): Promise<Map<string, number>> {
  const causes = new Map(webhookTypes.map((type) => [type, new Set<unknown>()]));
  for await (const { causeType, causeId, synthetic } of api.list('/v1/deliveries?channel=webhook&status=delivered')) {
    // Whoever tries the product may have endpoints and agreements of their own.
    if (synthetic === true) causes.get(String(causeType))?.add(causeId);
  }
  return new Map([...causes].map(([type, ids]) => [type, ids.size]));
}

/** A mail server that took a mail and was not heard gets it again, under the same id: still one mail. */
function mailsToVisitors(mails: readonly CaughtMail[]): number {
  const toVisitors = mails.filter(({ to }) => to.some((address) => address.startsWith('visitor-')));
  return new Set(toVisitors.map(({ headers }) => headers['message-id'])).size;
}

/** One sentence for each figure that is not what it should be. */
export function deviations(outcome: Outcome): string[] {
  return [
    ...outcome.lostFacts.map((fact) => `a fact of the reports: ${fact}`),
    ...seriesDeviations(outcome),
    ...[...expectedWebhooks].flatMap(([type, expected]) => {
      const delivered = outcome.webhooks.get(type) ?? 0;
      return delivered === expected ? [] : [`webhooks ${type}: ${expected} expected, ${delivered} delivered`];
    }),
    ...(outcome.rejectedWebhooks === 0 ? [] : [`${outcome.rejectedWebhooks} webhooks had a wrong signature`]),
    ...(outcome.mails === mailsAskedFor ? [] : [`mails: ${mailsAskedFor} expected, ${outcome.mails} sent`]),
    ...outcome.messages.problems.map((problem) => `a message: ${problem}`),
  ];
}

function seriesDeviations({ simulation, reports }: Outcome): string[] {
  const rowOf = ({ rows }: Statistics, metric: string): StatisticsRow | undefined =>
    rows.find((row) => row.metric === metric && (metric !== 'investment' || row.currency === 'CNY'));
  const computed = expectedComputed.flatMap(([metric, expected]) => {
    const figure = rowOf(simulation, metric)?.computed ?? {};
    return figure.qualifier === 'exact' && figure.value === expected
      ? []
      : [`simulation, ${metric}: exactly ${expected} expected, computed ${JSON.stringify(figure)}`];
  });
  const reported = expectedReported.flatMap(([metric, expected]) => {
    const figures = rowOf(reports, metric)?.reported ?? [];
    const agrees = (figure: Json): boolean => Object.entries(expected).every(([key, value]) => figure[key] === value);
    return figures.length === 1 && figures.every(agrees)
      ? []
      : [`report, ${metric}: ${JSON.stringify(expected)} expected, reported ${JSON.stringify(figures)}`];
  });
  const counted = reports.rows.filter((row) => row.computed !== null);
  return [
    ...computed,
    ...reported,
    ...counted.map(({ metric }) => `report, ${metric}: nothing was to be counted, but something was`),
    ...(simulation.synthetic && !reports.synthetic ? [] : ['the simulation alone is to be marked as synthetic']),
  ];
}
