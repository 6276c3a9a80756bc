import { Injectable } from '@nestjs/common';
import { type ChainEnd } from '@expo-accord/audit';
import { type Caller, type FieldProblem, invalid, notFound } from '@expo-accord/http';
import { type Cause, Outbox, type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager, In } from 'typeorm';
import { AuditTrail, type Change } from '../audit/audit-trail.service';
import { CommitmentDisclosure } from '../commitments/commitment-disclosure.service';
import { EntryDays } from '../entry-into-force/entry-days.service';
import { entryOf } from '../entry-into-force/entry-into-force.rules';
import { PublicUrl } from '../recorded/public-url';
import { touch } from '../recorded/recorded';
import { type LinkFacts } from '../supersessions/supersession.rules';
import { Supersessions } from '../supersessions/supersession.service';
import { datesOutOfOrder } from './agreement-dates.rules';
import { Agreement } from './agreement.entity';
import { keepRows } from './agreement.rows';
import { agreementMessages, type AgreementNews } from './agreement.messages';
import { isDisclosed } from './agreement.rules';
import { agreementView, type AgreementView } from './agreement.view';

export const AGREEMENTS = 'agreements';

/** Whose doing it is: a key's, or what followed by a rule. */
export interface Actor extends Pick<Caller, 'tenantId' | 'keyId'> {
  /** The request that brought it, where several are worked on together; otherwise the one that is. */
  causedBy?: Cause | undefined;
}

/** What is done, for the trail and for whoever is told. */
export interface Deed extends Pick<AgreementNews, 'cause' | 'told' | 'occurredOn'> {
  /** The name in the trail, where it is another than the cause. */
  action?: string;
  reason?: string | null | undefined;
  historical?: boolean | undefined;
  /** Where in the request a fact stands, given its pointer in the agreement. */
  pointerOf?: (pointer: string) => string;
}

/** What a deed has made of an agreement, to be written with `keep`. */
export interface Turn {
  by: Actor;
  agreement: Agreement;
  /** Outsiders knew of it before. */
  wasDisclosed: boolean;
  earlierLinks: readonly LinkFacts[];
  pointerOf: (pointer: string) => string;
  view: AgreementView;
  /** For the trail. */
  change: Change;
  messages: OutgoingMessage[];
}

const unchanged = (pointer: string): string => pointer;

/** Every change of an agreement goes through here: the row, what follows from it, its trail, and what is told. */
@Injectable()
export class AgreementLedger {
  constructor(
    private readonly audit: AuditTrail,
    private readonly commitments: CommitmentDisclosure,
    private readonly supersessions: Supersessions,
    private readonly outbox: Outbox,
    private readonly days: EntryDays,
    private readonly urls: PublicUrl,
  ) {}

  async locked(manager: EntityManager, tenantId: string, id: string): Promise<Agreement> {
    const agreement = (await this.lockedOf(manager, tenantId, [id])).get(id);
    if (!agreement) throw notFound('agreement', id);
    return agreement;
  }

  /** Those of them that there are, locked in one order, so that two that lock several never wait for each other. */
  async lockedOf(manager: EntityManager, tenantId: string, ids: readonly string[]): Promise<Map<string, Agreement>> {
    const agreements = await manager.find(Agreement, {
      where: { tenantId, id: In([...new Set(ids)]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return new Map(agreements.map((agreement) => [agreement.id, agreement]));
  }

  /** A new one, which nobody has been told of. Throws what is wrong with its facts. */
  async enter(
    manager: EntityManager,
    by: Actor,
    agreement: Agreement,
  ): Promise<{ view: AgreementView; messages: OutgoingMessage[] }> {
    refuse(datesOutOfOrder(agreement.content).map(outOfOrder));
    agreement.disclosed = isDisclosed(agreement, false);
    await manager.insert(Agreement, agreement);
    await this.supersessions.keep(manager, agreement, [], unchanged);
    const news = { cause: 'record', previousStatus: null, before: null, wasDisclosed: false } as const;
    const { view, change, messages } = this.concluded(by, agreement, { cause: 'record', action: 'created' }, news);
    await this.audit.record(manager, by, [change]);
    return { view, messages };
  }

  /**
   * Decides, and writes nothing.
   * @param agreement locked by the caller
   * @param alter changes its fields; throws where it may not
   */
  async turn(
    manager: EntityManager,
    by: Actor,
    agreement: Agreement,
    deed: Deed,
    alter: () => void | Promise<void>,
  ): Promise<Turn> {
    const before = this.view(agreement);
    const { status: previousStatus, disclosed: wasDisclosed, content } = agreement;
    await alter();
    const { pointerOf = unchanged } = deed;
    const known = new Set(datesOutOfOrder(content).map(({ pointer }) => pointer));
    const wrong = datesOutOfOrder(agreement.content).filter(({ pointer }) => !known.has(pointer));
    refuse(wrong.map(outOfOrder).map((problem) => ({ ...problem, pointer: pointerOf(problem.pointer) })));
    agreement.disclosed = isDisclosed(agreement, wasDisclosed);
    await this.awaitEntry(manager, agreement, deed.cause);
    touch(agreement);
    const { historical = false, cause, told, occurredOn } = deed;
    const said = { ...(told && { told }), ...(occurredOn !== undefined && { occurredOn }) };
    const news = { cause, previousStatus, before, wasDisclosed, historical, ...said };
    const earlierLinks = content.links ?? [];
    return { by, agreement, wasDisclosed, earlierLinks, pointerOf, ...this.concluded(by, agreement, deed, news) };
  }

  /**
   * Writes what one actor did, at the end of the transaction: in as many statements for many agreements as for one. Of
   * several turns of the same agreement the last says how it stands.
   */
  async keep(manager: EntityManager, by: Actor, turns: readonly Turn[]): Promise<void> {
    if (turns.length === 0) return;
    const { changes, ends, messages } = await this.written(manager, by, turns);
    await Promise.all([this.audit.chain(manager, by, changes, ends), this.outbox.append(manager, messages)]);
  }

  /** As `keep`, for whoever tells of more than this at the end of the transaction. Answers what is to be told. */
  async keepUntold(manager: EntityManager, by: Actor, turns: readonly Turn[]): Promise<OutgoingMessage[]> {
    const { changes, ends, messages } = await this.written(manager, by, turns);
    await this.audit.chain(manager, by, changes, ends);
    return messages;
  }

  /** A draft that nobody outside has heard of: only its trail is left. */
  async discard(manager: EntityManager, by: Actor, agreement: Agreement): Promise<void> {
    const { id, tenantId } = agreement;
    await manager.delete(Agreement, { id, tenantId });
    await this.supersessions.forget(manager, agreement);
    const before = this.view(agreement);
    await this.audit.record(manager, by, [
      { resource: AGREEMENTS, resourceId: id, action: 'deleted', before, after: null },
    ]);
  }

  private async written(
    manager: EntityManager,
    by: Actor,
    turns: readonly Turn[],
  ): Promise<{ changes: Change[]; ends: Map<string, ChainEnd>; messages: OutgoingMessage[] }> {
    for (const { agreement, earlierLinks, pointerOf } of turns) {
      await this.supersessions.keep(manager, agreement, earlierLinks, pointerOf);
    }
    const committed = await this.commitments.follow(manager, turns);
    const changes = turns.map(({ change }) => change);
    // What is sent together is done in this order. Of each but the last a failure fails all that come after it.
    const [ends] = await Promise.all([
      this.audit.endsOf(manager, by.tenantId, changes),
      keepRows(manager, [...new Map(turns.map(({ agreement }) => [agreement.id, agreement])).values()]),
    ]);
    return { changes, ends, messages: [...turns.flatMap(({ messages }) => messages), ...committed] };
  }

  private view(agreement: Agreement): AgreementView {
    return agreementView(agreement, this.urls.of(AGREEMENTS, agreement.id));
  }

  /** Only a legal act sets a day; once it is set, a correction of what it follows from moves it. */
  private async awaitEntry(manager: EntityManager, agreement: Agreement, cause: Deed['cause']): Promise<void> {
    const { status, content, entersOn } = agreement;
    const isWaiting = content.entryIntoForce && (status === 'signed' || status === 'awaitingEntry');
    const mayBeSet = entersOn !== null || ['sign', 'consent', 'amend'].includes(cause);
    const entry = isWaiting && mayBeSet ? entryOf(content, await this.days.today(manager, agreement)) : null;
    agreement.entersOn = entry !== null && 'onDay' in entry ? entry.onDay : null;
  }

  private concluded(
    { causedBy }: Actor,
    agreement: Agreement,
    { cause, action = cause, reason = null }: Deed,
    news: AgreementNews,
  ): Pick<Turn, 'view' | 'change' | 'messages'> {
    const view = this.view(agreement);
    const { before } = news;
    const change = { resource: AGREEMENTS, resourceId: agreement.id, action, reason, before, after: view };
    const messages = agreementMessages(agreement, view, news).map((message) => ({ ...message, causedBy }));
    return { view, change, messages };
  }
}

const outOfOrder = ({ pointer, detail }: { pointer: string; detail: string }): FieldProblem => ({
  pointer,
  code: 'dates-out-of-order',
  detail,
});

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw invalid(problems);
}
