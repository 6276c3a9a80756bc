import { Injectable } from '@nestjs/common';
import { type Cause, type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager, In } from 'typeorm';
import { PublicUrl } from '../recorded/public-url';
import { Commitment } from './commitment.entity';
import { commitmentMessage } from './commitment.messages';
import { COMMITMENTS } from './commitment.view';

/** An agreement as it has become, and whether outsiders knew of it before. */
interface Disclosing {
  by: { causedBy?: Cause | undefined };
  agreement: { id: string; tenantId: string; disclosed: boolean };
  wasDisclosed: boolean;
}

/** What an agreement commits to is public as long as the agreement is. */
@Injectable()
export class CommitmentDisclosure {
  constructor(private readonly urls: PublicUrl) {}

  async existFor(manager: EntityManager, agreement: { id: string; tenantId: string }): Promise<boolean> {
    return manager.existsBy(Commitment, { tenantId: agreement.tenantId, agreementId: agreement.id });
  }

  /** Makes them as public as the agreements of a tenant have become, and answers what has to be told of them. */
  async follow(manager: EntityManager, turns: readonly Disclosing[]): Promise<OutgoingMessage[]> {
    const turned = turns.filter(({ agreement, wasDisclosed }) => agreement.disclosed !== wasDisclosed);
    const disclosed = turned.filter(({ agreement }) => agreement.disclosed);
    for (const { agreement } of turned) {
      if (agreement.disclosed) continue;
      const { id: agreementId, tenantId } = agreement;
      await manager.update(Commitment, { tenantId, agreementId }, { disclosed: false });
    }
    return disclosed.length === 0 ? [] : this.disclose(manager, disclosed);
  }

  private async disclose(manager: EntityManager, turns: readonly Disclosing[]): Promise<OutgoingMessage[]> {
    const causes = new Map(turns.map(({ agreement, by }) => [agreement.id, by.causedBy]));
    const commitments = await manager.find(Commitment, {
      where: { tenantId: turns[0]?.agreement.tenantId ?? '', agreementId: In([...causes.keys()]), disclosed: false },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    if (commitments.length === 0) return [];
    await manager.update(Commitment, { id: In(commitments.map(({ id }) => id)) }, { disclosed: true });
    return commitments.map((commitment) => {
      const news = { what: 'undertaken', occurredOn: commitment.content.undertakenOn } as const;
      const message = commitmentMessage(commitment, this.urls.of(COMMITMENTS, commitment.id), news);
      return { ...message, causedBy: causes.get(commitment.agreementId ?? '') };
    });
  }
}
