import { IsLocalizedText, IsPartialDate, valueField } from '@expo-accord/http';
import { type LocalizedText, type PartialDate, Quantity, SourceRef } from '@expo-accord/values';
import { Type } from '@sinclair/typebox';
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

const Computed = valueField(
  'ComputedFigure',
  Type.Intersect([Quantity, Type.Object({ basis: Type.String() })], {
    description: 'counted from messages; `basis` says from which: registrations, checkIns, projects, agreements',
  }),
  () => [],
);

const Reported = valueField(
  'ReportedFigure',
  Type.Intersect(
    [
      Quantity,
      Type.Object({
        figureId: Type.String({ format: 'uuid' }),
        sources: Type.Optional(Type.Array(SourceRef)),
        itemised: Type.Optional(Type.String({ description: 'how many of them are known one by one' })),
        notItemised: Type.Optional(Type.Union([Quantity, Type.Null()])),
      }),
    ],
    { description: 'published by somebody; also has covers, includes, certainty, because, inferred and period' },
  ),
  () => [],
);

/** Reported and computed stand side by side and are never added. */
export class StatisticsRow {
  /** Code list metrics. */
  metric!: string;
  /** Set where the metric is money: one row a currency, nothing is converted. */
  currency!: string | null;
  /** Null when nothing was counted. */
  @Computed({ nullable: true })
  computed!: ComputedFigure | null;
  @Reported({ each: true })
  reported!: ReportedFigure[];
}

export class EditionStatistics {
  eventId!: string;
  @IsLocalizedText()
  names!: LocalizedText;
  ordinal!: number | null;
  label!: string | null;
  @IsPartialDate({ nullable: true })
  date!: PartialDate | null;
  status!: string;
  rows!: StatisticsRow[];
}

export class SeriesStatistics {
  seriesId!: string;
  @IsLocalizedText()
  names!: LocalizedText;
  /** Part of a simulation: none of these figures is of the world. */
  synthetic!: boolean;
  rows!: StatisticsRow[];
  editions!: EditionStatistics[];
  asOf!: string;
}
