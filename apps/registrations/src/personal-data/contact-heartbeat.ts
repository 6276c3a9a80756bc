import { Injectable } from '@nestjs/common';
import { contactTopic } from '@expo-accord/contracts';
import { Transactions } from '@expo-accord/database';
import { heartbeats, Outbox } from '@expo-accord/messaging';

/** Twice within the life of a segment, so that none is open for longer than that and half as long again. */
const EVERY = '12 hours';

/** Keeps each partition of the contact topic moving, so that Kafka lets go of whom we have forgotten. */
@Injectable()
export class ContactHeartbeat {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Once in twelve hours of the database's clock, however many processes ask. */
  async beat(): Promise<void> {
    await this.transactions.run(async (manager) => {
      const due = await manager.query<unknown[]>(
        `INSERT INTO contact_heartbeat AS last (beaten_at) VALUES (now())
         ON CONFLICT (single) DO UPDATE SET beaten_at = now() WHERE last.beaten_at <= now() - $1::interval
         RETURNING 1`,
        [EVERY],
      );
      if (due.length > 0) await this.outbox.append(manager, heartbeats(contactTopic));
    });
  }
}
