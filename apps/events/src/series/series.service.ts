import { seriesRecorded } from '@expo-accord/contracts';
import { Transactions } from '@expo-accord/database';
import { type Caller, invalidField, requireScope } from '@expo-accord/http';
import { Outbox, outgoing } from '@expo-accord/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { PublicUrls } from '../records/public-urls';
import { bodyOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import { nextHost } from './host-rotation.rules';
import { type NextHost, type SeriesAnswer, type SeriesBody } from './series.dto';
import { type SeriesEntity } from './series.entity';
import { seriesResource } from './series.resource';

/** A series is public from its entry on. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
  ) {}

  async create(caller: Caller, body: SeriesBody): Promise<SeriesAnswer> {
    if (body.historical === true) requireScope(caller, 'history:write');
    return this.records.create(seriesResource, caller, body, {}, (manager, series) => this.tell(manager, series));
  }

  async change(caller: Caller, id: string, version: number, patch: Record<string, unknown>): Promise<SeriesAnswer> {
    return this.records.change(seriesResource, caller, id, version, patch, {
      check: (manager, series, body) => this.assertMayChange(manager, caller, series, body),
      afterwards: (manager, series) => this.tell(manager, series),
    });
  }

  async nextHost(caller: Caller, id: string): Promise<NextHost> {
    const { manager } = this.transactions;
    const { hostRotation } = bodyOf(seriesResource, await this.records.row(seriesResource, caller, id, manager));
    const [last] = await manager.query<{ ordinal: number }[]>(
      `SELECT coalesce(max(ordinal), 0) AS ordinal FROM event
       WHERE tenant_id = $1 AND series_id = $2 AND status NOT IN ('draft', 'planned', 'cancelled')`,
      [caller.tenantId, id],
    );
    return nextHost(hostRotation?.items ?? [], last?.ordinal ?? 0);
  }

  /** A series with events stays as real or as simulated as they are. */
  private async assertMayChange(
    manager: EntityManager,
    caller: Caller,
    series: SeriesEntity,
    body: SeriesBody,
  ): Promise<Partial<SeriesEntity>> {
    if (body.historical === true || series.historical) requireScope(caller, 'history:write');
    if ((body.synthetic ?? false) === series.synthetic) return {};
    const events = await manager.query<unknown[]>('SELECT 1 FROM event WHERE series_id = $1 LIMIT 1', [series.id]);
    if (events.length > 0) {
      throw invalidField('/synthetic', 'synthetic-mixed', 'The series has events, so it stays what it is.');
    }
    return {};
  }

  private async tell(manager: EntityManager, series: SeriesEntity): Promise<void> {
    const { id: seriesId, tenantId, kind, mechanism, synthetic, historical, externalRefs } = series;
    const { names } = series.details as unknown as SeriesBody;
    const recordedAt = series.updatedAt.toISOString();
    const url = this.urls.of('series', seriesId);
    const about = {
      occurredOn: null,
      recordedAt,
      historical,
      synthetic,
      visibility: 'public',
      url,
      externalRefs,
    } as const;
    const data = { ...about, seriesId, names, kind, mechanism };
    await this.outbox.append(manager, [outgoing(seriesRecorded, { aggregateId: seriesId, tenantId, data })]);
  }
}
