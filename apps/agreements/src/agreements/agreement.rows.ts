import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type Agreement } from './agreement.entity';

type Fixed = 'id' | 'tenantId' | 'historical' | 'createdAt';

/** Every column that may change, with its type. */
const columns: Readonly<Record<Exclude<keyof Agreement, Fixed>, [column: string, type: string]>> = {
  version: ['version', 'integer'],
  eventId: ['event_id', 'uuid'],
  synthetic: ['synthetic', 'boolean'],
  externalRefs: ['external_refs', 'jsonb'],
  updatedAt: ['updated_at', 'timestamptz'],
  status: ['status', 'text'],
  disclosed: ['disclosed', 'boolean'],
  entersOn: ['enters_on', 'date'],
  content: ['content', 'jsonb'],
};

const assignments = Object.entries(columns).map(([property, [column]]) => `${column} = n."${property}"`);
const shape = Object.entries(columns).map(([property, [, type]]) => `"${property}" ${type}`);

/** Writes the rows of agreements that are locked, all in one statement. */
export async function keepRows(manager: EntityManager, agreements: readonly Agreement[]): Promise<void> {
  await planned(
    manager,
    undefined,
    `UPDATE agreement AS a SET ${assignments.join(', ')}
     FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, ${shape.join(', ')}) WHERE a.id = n.id`,
    [JSON.stringify(agreements)],
  );
}
