import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { invalidField } from '@expo-accord/http';
import { type FeedPage, type FeedQuery } from './feed.dto';
import { bodyOf } from './message-body.rules';
import { PublicMessage } from './public-message.entity';

/** The tenant's public messages of the last 30 days, in the order in which they came. */
@Injectable()
export class Feed {
  constructor(private readonly transactions: Transactions) {}

  async page(tenantId: string, { cursor, changedSince, types, limit }: FeedQuery): Promise<FeedPage> {
    const messages = this.transactions.manager
      .createQueryBuilder(PublicMessage, 'message')
      .where('message.tenantId = :tenantId', { tenantId });
    if (cursor !== undefined) messages.andWhere('message.position > :after', { after: positionIn(cursor) });
    if (changedSince !== undefined) messages.andWhere('message.receivedAt >= :changedSince', { changedSince });
    if (types !== undefined) messages.andWhere('message.type IN (:...types)', { types });
    const found = await messages.orderBy('message.position', 'ASC').take(limit).getMany();
    const last = found.at(-1);
    return { items: found.map(bodyOf), nextCursor: last === undefined ? (cursor ?? null) : cursorAt(last.position) };
  }
}

function cursorAt(position: string): string {
  return Buffer.from(position).toString('base64url');
}

function positionIn(cursor: string): string {
  const position = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{1,18}$/.test(position)) return position;
  throw invalidField('/cursor', 'cursor-invalid', 'The cursor is not one that this list gave out.');
}
