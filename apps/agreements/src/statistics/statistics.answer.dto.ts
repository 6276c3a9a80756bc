import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsQuantity } from '@expo-accord/http';
import { type Quantity } from '@expo-accord/values';
import { type Funnel, type FunnelGroup, funnelGroups, stages, type StageTally } from './funnel.rules';
import { type Breakdown, type Tally } from './statistics.rules';

/** `Tally`, for the API document. */
export class TallyAnswer {
  @ApiProperty({ type: 'integer' })
  count!: number;

  @IsQuantity({ each: true, description: 'One sum per currency, as weak as its weakest member' })
  money!: Quantity[];

  @ApiProperty({ type: 'integer', description: 'How many state no money' })
  withoutMoney!: number;
}

const tallies = { type: 'object', additionalProperties: { $ref: getSchemaPath(TallyAnswer) } } as const;

/** `Breakdown`, for the API document. */
export class BreakdownAnswer extends TallyAnswer {
  @ApiProperty(tallies)
  byStatus!: Record<string, Tally>;

  @ApiProperty({ ...tallies, description: 'Industries of projects, types of agreements' })
  byGroup!: Record<string, Tally>;

  @ApiProperty({ ...tallies, description: 'What has two economies counts under both' })
  byEconomy!: Record<string, Tally>;
}

/** `StatisticsView`, for the API document. */
export class StatisticsAnswer {
  @ApiProperty({ format: 'date-time' })
  asOf!: string;

  @ApiProperty({ type: [String], nullable: true, description: 'Null when no event or series was asked for' })
  eventIds!: string[] | null;

  synthetic!: boolean;

  @ApiProperty({ type: BreakdownAnswer, description: 'From announced on, without those cancelled' })
  projects!: Breakdown;

  @ApiProperty({ type: BreakdownAnswer, description: 'From agreed on, without those given up' })
  agreements!: Breakdown;
}

/** `StageTally`, for the API document. */
export class StageAnswer {
  @ApiProperty({ enum: stages })
  stage!: StageTally['stage'];

  @ApiProperty({ type: TallyAnswer, description: 'Those that stand there now' })
  now!: Tally;

  @ApiProperty({ type: TallyAnswer, description: 'Those that have come so far, also if they went on or stalled there' })
  reached!: Tally;
}

/** `Funnel`, for the API document. */
export class FunnelOfOne {
  @ApiProperty({ description: "The event's id, the economy or the industry; `unknown` for projects without" })
  key!: string;

  @ApiProperty({ type: [StageAnswer] })
  stages!: StageTally[];

  @ApiProperty({ type: TallyAnswer })
  stalled!: Tally;

  @ApiProperty({ type: TallyAnswer })
  cancelled!: Tally;
}

/** `FunnelView`, for the API document. */
export class FunnelAnswer {
  @ApiProperty({ format: 'date-time' })
  asOf!: string;

  @ApiProperty({ type: [String], nullable: true, description: 'Null when no event or series was asked for' })
  eventIds!: string[] | null;

  synthetic!: boolean;

  @ApiProperty({ enum: funnelGroups })
  by!: FunnelGroup;

  @ApiProperty({ type: [FunnelOfOne], description: 'What has two economies stands in the funnels of both' })
  funnels!: Funnel[];
}
