import { addQuantities, type Quantity } from '@expo-accord/values';
import { type ComputedFigure, type ReportedFigure, type StatisticsRow } from './statistics.dto';

/** What was counted from messages, for an edition or a series. */
export interface Counted {
  /** By status. */
  registrations: ReadonlyMap<string, bigint>;
  projects: bigint;
  /** One sum for each way in which amounts are known; any number a currency. */
  investments: readonly Quantity[];
  agreements: bigint;
}

export interface Reported {
  metric: string;
  quantity: Quantity;
  figure: Omit<ReportedFigure, keyof Quantity>;
}

/** A place that is merely asked or waited for is no registration. */
const registeredStatuses = ['confirmed', 'checkedIn', 'noShow'];

/** An announced project is not signed yet; a stalled one still was. */
export const countedProjectStatuses = ['signed', 'registered', 'underWay', 'operating', 'stalled'];

export const uncountedAgreementStatuses = ['draft', 'negotiating', 'agreed', 'abandoned', 'withdrawn'];

/** Of these we keep every one, so a reported number can be compared with those known one by one. */
const itemisedMetrics = ['projects', 'agreements'];

const alwaysShown = ['registered', 'checkedIn', 'participants', 'projects', 'investment', 'agreements'];

/** Every metric that was counted or reported, in a stable order, with its two kinds of figures side by side. */
export function statisticsRows(counted: Counted, reported: readonly Reported[]): StatisticsRow[] {
  const computed = computedFigures(counted);
  const metrics = new Set([...alwaysShown, ...reported.map(({ metric }) => metric)]);
  return [...metrics].flatMap((metric) => {
    const figures = computed.filter((each) => each.metric === metric).map(({ figure }) => figure);
    const told = reported.filter((each) => each.metric === metric);
    return currenciesOf([...figures, ...told.map(({ quantity }) => quantity)]).map((currency) => {
      const sameMoney = (quantity: Quantity): boolean => (quantity.currency ?? null) === currency;
      const figure = figures.find(sameMoney) ?? null;
      const ofRow = told.filter(({ quantity }) => sameMoney(quantity));
      return { metric, currency, computed: figure, reported: ofRow.map((each) => besides(each, figure)) };
    });
  });
}

function currenciesOf(quantities: readonly Quantity[]): (string | null)[] {
  const found = [...new Set(quantities.map(({ currency }) => currency ?? null))];
  return found.length === 0 ? [null] : found.sort();
}

function computedFigures(counted: Counted): { metric: string; figure: ComputedFigure }[] {
  const sum = (statuses: readonly string[]): bigint =>
    statuses.reduce((total, status) => total + (counted.registrations.get(status) ?? 0n), 0n);
  const exact = (metric: string, value: bigint, unit: string, basis: ComputedFigure['basis']) =>
    value === 0n ? [] : [{ metric, figure: { qualifier: 'exact', value: String(value), unit, basis } as const }];
  const registered = sum(registeredStatuses);
  return [
    ...exact('registered', registered, 'registration', 'registrations'),
    ...exact('checkedIn', sum(['checkedIn']), 'registration', 'checkIns'),
    ...exact('participants', registered, 'person', 'registrations'),
    ...exact('projects', counted.projects, 'project', 'projects'),
    ...exact('agreements', counted.agreements, 'agreement', 'agreements'),
    ...addQuantities(counted.investments).map((quantity) => ({
      metric: 'investment',
      figure: { ...quantity, basis: 'projects' as const },
    })),
  ];
}

function besides({ metric, quantity, figure }: Reported, computed: ComputedFigure | null): ReportedFigure {
  const shown: ReportedFigure = { ...quantity, ...figure };
  if (!itemisedMetrics.includes(metric)) return shown;
  const itemised = computed !== null && 'value' in computed ? computed.value : '0';
  return { ...shown, itemised, notItemised: less(quantity, BigInt(itemised)) };
}

/** A reported number without those that are known: 191 less 3 is 188, "more than 100" less 3 is "more than 97". */
export function less(quantity: Quantity, known: bigint): Quantity | null {
  const ends = (['value', 'lower', 'upper'] as const).flatMap((end) => {
    const text = (quantity as Partial<Record<typeof end, string>>)[end];
    return text === undefined ? [] : [[end, text] as const];
  });
  if (!ends.every(([, text]) => /^\d+$/.test(text))) return null;
  const left = ends.map(([end, text]) => [end, BigInt(text) - known] as const);
  if (left.some(([, value]) => value < 0n)) return null;
  const { asReported: _words, ...rest } = quantity;
  return { ...rest, ...Object.fromEntries(left.map(([end, value]) => [end, String(value)])) };
}
