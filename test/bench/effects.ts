/** What the measured handlers write, and whoever they are compared with. */
export const CREATE_EFFECT_TABLE = `CREATE TABLE bench_effect (
  source text NOT NULL, sequence int NOT NULL, process int NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())`;

export const INSERT_EFFECTS = `INSERT INTO bench_effect (source, sequence, process)
  SELECT source, sequence, $3 FROM unnest($1::text[], $2::int[]) AS effect (source, sequence)`;

export const INSERT_EFFECT = 'INSERT INTO bench_effect (source, sequence, process) VALUES ($1, $2, $3)';

/** As many transactions of hundreds of messages as a consumer has at once, each on a connection of its own; its peer has as many. */
export const CONNECTIONS_AT_ONCE = 2;
