import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type PublicMessage } from './public-message.entity';

export type ArrivedMessage = Pick<
  PublicMessage,
  'id' | 'tenantId' | 'type' | 'source' | 'epoch' | 'correlationId' | 'data'
> & {
  sequence: number;
  time: string;
};

/** Keeps public messages; one statement however many there are. */
@Injectable()
export class PublicMessages {
  /** The ids of those that were not known yet. */
  async store(manager: EntityManager, messages: readonly ArrivedMessage[]): Promise<string[]> {
    // Held until commit, so that positions become visible in their order and a reader of the feed can trust its cursor.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('public_message'), hashtext(current_schema()))`);
    const rows = messages.map((message, index) => ({ ...message, index }));
    const stored = await manager.query<{ id: string }[]>(
      `INSERT INTO public_message (id, tenant_id, type, source, epoch, sequence, correlation_id, time, data)
       SELECT id, "tenantId", type, source, epoch, sequence, "correlationId", time, data
       FROM jsonb_to_recordset($1::jsonb) AS arrived (index int, id uuid, "tenantId" uuid, type text, source text,
         epoch int, sequence bigint, "correlationId" text, time timestamptz, data jsonb)
       ORDER BY index
       ON CONFLICT (id) DO NOTHING
       RETURNING id`,
      [JSON.stringify(rows)],
    );
    return stored.map(({ id }) => id);
  }
}
