import { Injectable } from '@nestjs/common';
import { GroupCommit, Transactions } from '@expo-accord/database';
import {
  type Caller,
  IdempotencyKeys,
  type KeyedRequest,
  notFound,
  Problem,
  type RememberedAnswer,
  requireScope,
  unavailable,
} from '@expo-accord/http';
import { currentCause } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type Actor, AgreementLedger, type Turn } from './agreement-ledger.service';
import { AgreementSteps } from './agreement-steps.service';
import { type AgreementActionBody } from './agreement-action.dto';
import { Agreement } from './agreement.entity';
import { type AgreementAction } from './agreement.rules';

/** A step of an agreement's life, as it was asked for. */
interface AskedStep {
  readonly id: string;
  readonly action: AgreementAction;
  readonly body: AgreementActionBody;
  readonly keyed: KeyedRequest | undefined;
}

interface QueuedStep extends AskedStep {
  readonly by: Actor;
}

const MOST_TOGETHER = 250;
const MOST_WAITING = 2_000;

/** Lets steps that a key asks for at the same time share a transaction, of one agreement or of many. */
@Injectable()
export class AgreementStepQueue {
  private readonly groups: GroupCommit<QueuedStep, RememberedAnswer>;

  constructor(
    private readonly transactions: Transactions,
    private readonly keys: IdempotencyKeys,
    private readonly ledger: AgreementLedger,
    private readonly steps: AgreementSteps,
  ) {
    this.groups = new GroupCommit(transactions, {
      mostTogether: MOST_TOGETHER,
      mostWaiting: MOST_WAITING,
      whenFull: () => unavailable('steps-waiting', 'Too many steps are waiting; send this one again in a moment.', 1),
      commit: (group) =>
        this.transactions.retrying((manager) =>
          this.keys.once(manager, group, (fresh) => this.takeAll(manager, fresh)),
        ),
    });
  }

  /**
   * With `dryRun` the answer is the same and nothing stays.
   * @throws Problem 409 with the actions that are possible, or 503 when more wait than can be served soon
   */
  async take(caller: Caller, asked: AskedStep, dryRun: boolean): Promise<RememberedAnswer> {
    if (asked.body.historical) requireScope(caller, 'history:write');
    const { tenantId, keyId } = caller;
    const step = { ...asked, by: { tenantId, keyId, causedBy: currentCause() } };
    return dryRun ? this.rehearse(step) : this.groups.add(`${tenantId} ${keyId}`, step);
  }

  /** On its own: what nobody keeps must not be seen by another. */
  private async rehearse(step: QueuedStep): Promise<RememberedAnswer> {
    const [answer] = await this.transactions.retrying((manager) =>
      this.keys.once(manager, [step], (fresh) =>
        this.transactions.dryRun((rehearsal) => this.takeAll(rehearsal, fresh)),
      ),
    );
    if (answer instanceof Error) throw answer;
    return answer as RememberedAnswer;
  }

  private async takeAll(
    manager: EntityManager,
    steps: readonly QueuedStep[],
  ): Promise<readonly (RememberedAnswer | Error)[]> {
    const { by } = steps[0] as QueuedStep;
    const ids = steps.map(({ id }) => id);
    const agreements = await this.ledger.lockedOf(manager, by.tenantId, ids);
    const kept: Turn[] = [];
    const answers: (RememberedAnswer | Error)[] = [];
    for (const step of steps) {
      const turns = await this.turnsOf(manager, step, agreements.get(step.id));
      if (turns instanceof Problem) {
        answers.push(turns);
        continue;
      }
      const { agreement, view } = turns.at(-1) as Turn;
      // The next step of the same agreement meets what this one has made of it.
      agreements.set(step.id, agreement);
      kept.push(...turns);
      answers.push({ status: 200, headers: {}, body: view });
    }
    await this.ledger.keep(manager, by, kept);
    return answers;
  }

  /** Of a copy, which is forgotten where the step is refused half-way. */
  private async turnsOf(
    manager: EntityManager,
    { by, id, action, body }: QueuedStep,
    agreement: Agreement | undefined,
  ): Promise<Turn[] | Problem> {
    if (agreement === undefined) return notFound('agreement', id);
    try {
      return await this.steps.take(manager, by, Object.assign(new Agreement(), agreement), action, body);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }
}
