import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsCode, IsEconomy } from '@expo-accord/http';
import { type FunnelGroup, funnelGroups } from './funnel.rules';

export class StatisticsQuery {
  @IsOptional()
  @IsUUID()
  eventId?: string;

  /** All events of the series that are known here. */
  @IsOptional()
  @IsUUID()
  seriesId?: string;

  @IsCode({ optional: true })
  industry?: string;

  @IsEconomy({ optional: true })
  economy?: string;

  /** The simulated or (by default) the real: they are never mixed. An event decides by itself. */
  @IsOptional()
  @IsIn(['true', 'false'])
  synthetic?: 'true' | 'false';
}

export class FunnelQuery extends StatisticsQuery {
  /** For what there is a funnel each: editions (the default), sides or industries. */
  @IsOptional()
  @IsIn(funnelGroups)
  by?: FunnelGroup;
}
