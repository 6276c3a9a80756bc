import { Transactions } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type FigureBody } from '../figures/figure.dto';
import { FigureEntity } from '../figures/figure.entity';
import { type Reported } from './statistics.rules';

/** Reported figures of a series and of its editions. */
@Injectable()
export class ReportedFigures {
  constructor(private readonly transactions: Transactions) {}

  /** A figure about several editions is one of the series; one about a single edition belongs to that. */
  async ofSeries(
    tenantId: string,
    seriesId: string,
    editionIds: string[],
  ): Promise<{ ofSeries: Reported[]; ofEvent: Map<string, Reported[]> }> {
    const figures = await this.transactions.manager
      .createQueryBuilder(FigureEntity, 'figure')
      .where('figure.tenantId = :tenantId', { tenantId })
      .andWhere(
        '(figure.seriesId = :seriesId OR (cardinality(figure.eventIds) > 0 AND figure.eventIds <@ :editionIds::uuid[]))',
        { seriesId, editionIds },
      )
      .orderBy('figure.id')
      .getMany();
    const ofEvent = new Map<string, Reported[]>();
    const ofSeries: Reported[] = [];
    for (const figure of figures) {
      const [only, ...others] = figure.eventIds;
      if (only === undefined || others.length > 0) ofSeries.push(reported(figure));
      else ofEvent.set(only, [...(ofEvent.get(only) ?? []), reported(figure)]);
    }
    return { ofSeries, ofEvent };
  }
}

function reported({ id: figureId, metric, details }: FigureEntity): Reported {
  const {
    subject: _subject,
    includesCompleteness: _completeness,
    quantity,
    ...rest
  } = details as unknown as FigureBody;
  return { metric, quantity, figure: { figureId, ...rest } };
}
