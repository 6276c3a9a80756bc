import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EventBody } from '../events/event.dto';
import { EventEntity } from '../events/event.entity';
import { Records } from '../records/record.service';
import { type SeriesBody } from '../series/series.dto';
import { seriesResource } from '../series/series.resource';
import { ReportedFigures } from './reported-figures';
import { type EditionStatistics, type SeriesStatistics } from './statistics.dto';
import { type Counted, statisticsRows } from './statistics.rules';
import { TallyReader } from './tally-reader';

/** Reads what was counted from messages and sets what was reported beside it. */
@Injectable()
export class StatisticsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly tallies: TallyReader,
    private readonly figures: ReportedFigures,
  ) {}

  async ofSeries(caller: Caller, seriesId: string): Promise<SeriesStatistics> {
    const { tenantId } = caller;
    const series = await this.records.row(seriesResource, caller, seriesId, this.transactions.manager);
    const counted = await this.tallies.bySeries(tenantId, seriesId);
    const reported = await this.figures.ofSeries(tenantId, seriesId, [...counted.keys()]);
    const editions = await this.editionsOf(tenantId, [...counted.keys()]);
    return {
      seriesId,
      names: (series.details as unknown as SeriesBody).names,
      synthetic: series.synthetic,
      rows: statisticsRows(together([...counted.values()]), reported.ofSeries),
      editions: editions.map((edition): EditionStatistics => {
        const { names, date } = edition.details as unknown as EventBody;
        const { id: eventId, ordinal, label, status } = edition;
        const rows = statisticsRows(counted.get(eventId) ?? nothing, reported.ofEvent.get(eventId) ?? []);
        return { eventId, names, ordinal, label, date: date ?? null, status, rows };
      }),
      asOf: new Date().toISOString(),
    };
  }

  private async editionsOf(tenantId: string, ids: string[]): Promise<EventEntity[]> {
    return this.transactions.manager
      .createQueryBuilder(EventEntity, 'event')
      .where('event.tenantId = :tenantId AND event.id = ANY(:ids)', { tenantId, ids })
      .orderBy('event.ordinal', 'ASC', 'NULLS LAST')
      .addOrderBy('event.id')
      .getMany();
  }
}

const nothing: Counted = { registrations: new Map(), projects: 0n, investments: [], agreements: 0n };

function together(parts: readonly Counted[]): Counted {
  const registrations = new Map<string, bigint>();
  for (const part of parts) {
    for (const [status, count] of part.registrations) {
      registrations.set(status, (registrations.get(status) ?? 0n) + count);
    }
  }
  return {
    registrations,
    projects: parts.reduce((sum, { projects }) => sum + projects, 0n),
    investments: parts.flatMap(({ investments }) => investments),
    agreements: parts.reduce((sum, { agreements }) => sum + agreements, 0n),
  };
}
