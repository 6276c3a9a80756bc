import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What this service says. */
const SAID = `
  CREATE TABLE outbox (
    -- CACHE 1 (the default, spelled out): a session that kept numbers back would put later commits before earlier ones.
    id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    shard smallint NOT NULL DEFAULT 0,
    topic text NOT NULL,
    message_key text,
    headers jsonb NOT NULL,
    value bytea,
    created_at timestamptz NOT NULL DEFAULT now()
  );
  -- A queue table turns over all its rows: vacuum it by what died, not by its (tiny) size.
  ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
  CREATE TABLE message_stream (
    source text PRIMARY KEY,
    last_sequence bigint NOT NULL
  );
  ALTER TABLE message_stream SET (fillfactor = 80);
  CREATE TABLE message_epoch (
    single boolean PRIMARY KEY DEFAULT true,
    epoch integer NOT NULL,
    CONSTRAINT message_epoch_single_row CHECK (single)
  );
  INSERT INTO message_epoch (epoch) VALUES (1);
`;

/** What it hears. */
const HEARD = `
  CREATE TABLE consumer_cursor (
    consumer text NOT NULL,
    source text NOT NULL,
    epoch integer NOT NULL,
    sequence bigint NOT NULL,
    state text NOT NULL DEFAULT 'flowing',
    PRIMARY KEY (consumer, source)
  );
  ALTER TABLE consumer_cursor SET (fillfactor = 80);
  CREATE INDEX consumer_cursor_not_flowing_idx ON consumer_cursor (consumer) WHERE state <> 'flowing';
  CREATE TABLE consumer_position (
    consumer text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (consumer, topic, partition)
  );
  ALTER TABLE consumer_position SET (fillfactor = 50);
  CREATE TABLE parked_message (
    consumer text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    source text NOT NULL,
    message_key text,
    headers jsonb NOT NULL,
    value bytea,
    reason text NOT NULL,
    detail text,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, topic, partition, "offset")
  );
  CREATE INDEX parked_message_consumer_source_idx ON parked_message (consumer, source);
  CREATE TABLE dropped_message (
    consumer text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    reason text NOT NULL,
    dropped_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, topic, partition, "offset")
  );
`;

export class KeepMessagesWithTheirEffects1763683200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${SAID} ${HEARD}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE dropped_message, parked_message, consumer_position, consumer_cursor,
        message_epoch, message_stream, outbox
    `);
  }
}
