import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesRecorded } from '@expo-accord/contracts';
import { planned, Transactions } from '@expo-accord/database';
import { Outbox, outgoing } from '@expo-accord/messaging';
import { series, type Surroundings, tenantId } from '../support/messaging-service';
import { now } from './latencies';
import { atPace } from './pace';
import { aggregateAt, aggregateIdOf, type Stretch, Times } from './series-stream';

export const MESSAGES_IN_A_TRANSACTION = 10;
export const CONNECTIONS = 8;

/** What a transaction changes beside what it says of it. */
export async function prepareAggregates({ db }: Surroundings): Promise<void> {
  await db.query('CREATE TABLE aggregate (id uuid PRIMARY KEY, version int NOT NULL) WITH (fillfactor = 80)');
}

/** Commits a stretch at this pace. Answers when each COMMIT had returned, and the pace that was reached. */
export async function commitAtPace(
  app: NestFastifyApplication,
  stretch: Stretch,
  perSecond: number,
): Promise<{ committed: Float64Array; perSecond: number }> {
  const committed = new Times(stretch);
  const transactionsPerSecond = await atPace(
    {
      count: Math.ceil(stretch.messages / MESSAGES_IN_A_TRANSACTION),
      perSecond: perSecond / MESSAGES_IN_A_TRANSACTION,
      workers: CONNECTIONS,
    },
    async (transaction) => {
      const from = transaction * MESSAGES_IN_A_TRANSACTION;
      const appended = await commitSome(app, stretch, from, from + MESSAGES_IN_A_TRANSACTION);
      const at = now();
      for (const { source, sequence } of appended) committed.note(source, sequence, at);
    },
  );
  return { committed: committed.at, perSecond: transactionsPerSecond * MESSAGES_IN_A_TRANSACTION };
}

/** The aggregates' rows change and the messages say so, in one transaction, as a service would. */
export async function commitSome(
  app: NestFastifyApplication,
  stretch: Stretch,
  from: number,
  to: number,
): Promise<readonly { source: string; sequence: number }[]> {
  const length = Math.min(to, stretch.messages) - from;
  const ids = Array.from({ length }, (_, at) => aggregateIdOf(aggregateAt(stretch, from + at)));
  const messages = ids.map((aggregateId) =>
    outgoing(seriesRecorded, { aggregateId, tenantId, data: series(aggregateId) }),
  );
  const transactions = app.get(Transactions);
  const { appended } = await transactions.run(async (manager) => {
    const changed = planned(
      manager,
      'change aggregates',
      `INSERT INTO aggregate (id, version) SELECT DISTINCT unnest($1::uuid[]), 1 ORDER BY 1
       ON CONFLICT (id) DO UPDATE SET version = aggregate.version + 1`,
      [ids],
    );
    const appended = app.get(Outbox).append(manager, messages);
    // As a sign-up does: neither waits for the other, nor COMMIT for both.
    await transactions.last(Promise.all([changed, appended]));
    return { appended };
  });
  return appended;
}
