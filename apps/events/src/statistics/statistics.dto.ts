import { type LocalizedText, type PartialDate, type Quantity } from '@expo-accord/values';
import { type FigureBody } from '../figures/figure.dto';

/** What we counted from messages. `basis` says from which. */
export type ComputedFigure = Quantity & { basis: 'registrations' | 'checkIns' | 'projects' | 'agreements' };

/** What somebody published. */
export type ReportedFigure = Quantity &
  Pick<FigureBody, 'covers' | 'includes' | 'sources' | 'certainty' | 'because' | 'inferred' | 'period'> & {
    figureId: string;
    /** How many of them we know one by one; only where we keep them one by one. */
    itemised?: string;
    /** What is left of the reported figure; null when more are known than were reported. */
    notItemised?: Quantity | null;
  };

/** Reported and computed stand side by side and are never added. */
export class StatisticsRow {
  /** Code list metrics. */
  metric!: string;
  /** Set where the metric is money: one row a currency, nothing is converted. */
  currency!: string | null;
  /** Null when nothing was counted. */
  computed!: ComputedFigure | null;
  reported!: ReportedFigure[];
}

export class EditionStatistics {
  eventId!: string;
  names!: LocalizedText;
  ordinal!: number | null;
  label!: string | null;
  date!: PartialDate | null;
  status!: string;
  rows!: StatisticsRow[];
}

export class SeriesStatistics {
  seriesId!: string;
  names!: LocalizedText;
  /** Part of a simulation: none of these figures is of the world. */
  synthetic!: boolean;
  rows!: StatisticsRow[];
  editions!: EditionStatistics[];
  asOf!: string;
}
