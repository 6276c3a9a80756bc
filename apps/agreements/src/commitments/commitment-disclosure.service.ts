import { Injectable } from '@nestjs/common';
import { type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { PublicUrl } from '../recorded/public-url';
import { Commitment } from './commitment.entity';
import { commitmentMessage } from './commitment.messages';
import { COMMITMENTS } from './commitment.view';

/** What an agreement commits to is public as long as the agreement is. */
@Injectable()
export class CommitmentDisclosure {
  constructor(private readonly urls: PublicUrl) {}

  async existFor(manager: EntityManager, agreement: { id: string; tenantId: string }): Promise<boolean> {
    return manager.existsBy(Commitment, { tenantId: agreement.tenantId, agreementId: agreement.id });
  }

  /** Makes them as public as the agreement has become, and answers what has to be told of them. */
  async follow(
    manager: EntityManager,
    agreement: { id: string; tenantId: string; disclosed: boolean },
    wasDisclosed: boolean,
  ): Promise<OutgoingMessage[]> {
    if (agreement.disclosed) return this.disclose(manager, agreement);
    const { id: agreementId, tenantId } = agreement;
    if (wasDisclosed) await manager.update(Commitment, { tenantId, agreementId }, { disclosed: false });
    return [];
  }

  private async disclose(
    manager: EntityManager,
    agreement: { id: string; tenantId: string },
  ): Promise<OutgoingMessage[]> {
    const commitments = await manager.find(Commitment, {
      where: { tenantId: agreement.tenantId, agreementId: agreement.id, disclosed: false },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const commitment of commitments) commitment.disclosed = true;
    await manager.save(commitments);
    return commitments.map((commitment) =>
      commitmentMessage(commitment, this.urls.of(COMMITMENTS, commitment.id), {
        what: 'undertaken',
        occurredOn: commitment.content.undertakenOn,
      }),
    );
  }
}
