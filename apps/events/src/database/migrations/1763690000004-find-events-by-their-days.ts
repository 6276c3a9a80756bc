import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { daysOf } from '../../events/event-days.rules';

const batchSize = 1_000;

type Details = Parameters<typeof daysOf>[0];

export class FindEventsByTheirDays1763690000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE event ADD first_day date, ADD last_day date');
    while (await fillBatch(queryRunner));
    await queryRunner.query('ALTER TABLE event ALTER first_day SET NOT NULL, ALTER last_day SET NOT NULL');
    await queryRunner.query('CREATE INDEX event_tenant_id_first_day_id_idx ON event (tenant_id, first_day, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE event DROP first_day, DROP last_day');
  }
}

/** Not in SQL, which cannot read EDTF. */
async function fillBatch(queryRunner: QueryRunner): Promise<boolean> {
  const events = (await queryRunner.query('SELECT id, details FROM event WHERE first_day IS NULL LIMIT $1', [
    batchSize,
  ])) as { id: string; details: Details }[];
  const filled = events.map(({ id, details }) => ({ id, ...daysOf(details) }));
  await queryRunner.query(
    `UPDATE event SET first_day = filled."firstDay", last_day = filled."lastDay"
     FROM jsonb_to_recordset($1) AS filled (id uuid, "firstDay" date, "lastDay" date) WHERE event.id = filled.id`,
    [JSON.stringify(filled)],
  );
  return events.length > 0;
}
