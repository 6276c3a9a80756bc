import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, notFound } from '@expo-accord/http';
import { isLater } from '@expo-accord/messaging';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { type Assessor, Assessments } from '../commitments/assessment.service';
import { Commitment, CommitmentAssessment } from '../commitments/commitment.entity';
import { assessmentBy, judgesAlike, withdrawnAssessment } from './fulfilment.assessment';
import { Fulfilment } from './fulfilment.entity';
import { best, judge } from './fulfilment.rules';
import { type FulfilmentView, fulfilmentView } from './fulfilment.view';

/** What one message says of an event: all the commitments that it fulfils, and the event as it stands. */
export type EventWord = Omit<Fulfilment, 'commitmentId' | 'named'> & { commitmentIds: readonly string[] };

/** Events that fulfil commitments, and what follows for these. */
@Injectable()
export class Fulfilments {
  constructor(
    private readonly transactions: Transactions,
    private readonly assessments: Assessments,
  ) {}

  /**
   * Keeps what several events say, and judges the commitments that they name, or named before.
   * @param words one of each event
   * @param by who the audit trail has it from
   */
  async take(manager: EntityManager, words: readonly EventWord[], by: string): Promise<void> {
    const said = await this.withThoseNamedBefore(manager, words);
    // In one order everywhere, so that two who take words about the same commitments never wait for each other.
    for (const commitmentId of [...new Set(said.map((each) => each.commitmentId))].sort()) {
      const fulfilments = said.filter((each) => each.commitmentId === commitmentId);
      for (const tenantId of new Set(fulfilments.map((each) => each.tenantId))) {
        const where = { id: commitmentId, tenantId };
        const commitment = await manager.findOne(Commitment, { where, lock: { mode: 'pessimistic_write' } });
        await manager.upsert(
          Fulfilment,
          fulfilments.filter((each) => each.tenantId === tenantId),
          ['commitmentId', 'eventId'],
        );
        if (commitment) await this.judge(manager, { tenantId, keyId: by }, commitment);
      }
    }
  }

  /**
   * Adds an assessment if what the events say of the commitment is not what followed from them last.
   * @param commitment locked by the caller
   */
  async judge(manager: EntityManager, by: Assessor, commitment: Commitment): Promise<void> {
    const { id: commitmentId, tenantId, content, synthetic } = commitment;
    const judged = (await this.named(manager, tenantId, commitmentId)).flatMap(({ eventId, event }) => {
      // What is simulated proves nothing in the world, nor the other way round.
      const judgement = event.synthetic === synthetic ? judge(content, event) : null;
      return judgement === null ? [] : [{ eventId, event, judgement }];
    });
    const last = await manager.findOne(CommitmentAssessment, {
      where: { tenantId, commitmentId, eventId: Not(IsNull()) },
      order: { id: 'DESC' },
    });
    const found = best(judged);
    if (!found && !last) return;
    const eventId = found ? found.eventId : (last?.eventId ?? null);
    const assessment = found ? assessmentBy(found) : withdrawnAssessment();
    if (last?.eventId === eventId && judgesAlike(last, assessment)) return;
    await this.assessments.add(manager, by, commitment, assessment, eventId);
  }

  async of(caller: Caller, commitmentId: string): Promise<FulfilmentView[]> {
    const { manager } = this.transactions;
    const { tenantId } = caller;
    if (!(await manager.existsBy(Commitment, { id: commitmentId, tenantId }))) {
      throw notFound('commitment', commitmentId);
    }
    return (await this.named(manager, tenantId, commitmentId)).map(fulfilmentView);
  }

  /** One row for each commitment; without those that a later message was taken of, when messages come again. */
  private async withThoseNamedBefore(manager: EntityManager, words: readonly EventWord[]): Promise<Fulfilment[]> {
    const before = await manager.findBy(Fulfilment, { eventId: In(words.map(({ eventId }) => eventId)) });
    return words.flatMap(({ commitmentIds, ...word }) => {
      const ofEvent = before.filter(({ eventId }) => eventId === word.eventId);
      const ids = new Set([...commitmentIds, ...ofEvent.map(({ commitmentId }) => commitmentId)]);
      const known = new Map(ofEvent.map((each) => [each.commitmentId, each]));
      return [...ids]
        .filter((commitmentId) => {
          const last = known.get(commitmentId);
          return last === undefined || isLater(word, last);
        })
        .map((commitmentId) => ({ ...word, commitmentId, named: commitmentIds.includes(commitmentId) }));
    });
  }

  private async named(manager: EntityManager, tenantId: string, commitmentId: string): Promise<Fulfilment[]> {
    return manager.find(Fulfilment, { where: { tenantId, commitmentId, named: true }, order: { eventId: 'ASC' } });
  }
}
