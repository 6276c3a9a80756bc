import { Injectable } from '@nestjs/common';
import { type Caller, type FieldProblem, invalid, notFound } from '@expo-accord/http';
import { type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { CommitmentDisclosure } from '../commitments/commitment-disclosure.service';
import { EntryDays } from '../entry-into-force/entry-days.service';
import { entryOf } from '../entry-into-force/entry-into-force.rules';
import { PublicUrl } from '../recorded/public-url';
import { touch } from '../recorded/recorded';
import { Supersessions } from '../supersessions/supersession.service';
import { datesOutOfOrder } from './agreement-dates.rules';
import { Agreement } from './agreement.entity';
import { agreementMessages, type AgreementNews } from './agreement.messages';
import { isDisclosed } from './agreement.rules';
import { agreementView, type AgreementView } from './agreement.view';

export const AGREEMENTS = 'agreements';

/** Whose doing it is: a key's, or what followed by a rule. */
export type Actor = Pick<Caller, 'tenantId' | 'keyId'>;

/** What is done, for the trail and for whoever is told. */
export interface Deed extends Pick<AgreementNews, 'cause' | 'told' | 'occurredOn'> {
  /** The name in the trail, where it is another than the cause. */
  action?: string;
  reason?: string | null | undefined;
  historical?: boolean | undefined;
  /** Where in the request a fact stands, given its pointer in the agreement. */
  pointerOf?: (pointer: string) => string;
}

export interface Changed {
  view: AgreementView;
  /** Appended to the outbox by whoever began the transaction, all at once at its end. */
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
    private readonly days: EntryDays,
    private readonly urls: PublicUrl,
  ) {}

  async locked(manager: EntityManager, tenantId: string, id: string): Promise<Agreement> {
    const where = { id, tenantId };
    const agreement = await manager.findOne(Agreement, { where, lock: { mode: 'pessimistic_write' } });
    if (!agreement) throw notFound('agreement', id);
    return agreement;
  }

  /** A new one. Throws what is wrong with its facts. */
  async enter(manager: EntityManager, by: Actor, agreement: Agreement): Promise<Changed> {
    refuse(datesOutOfOrder(agreement.content).map(outOfOrder));
    agreement.disclosed = isDisclosed(agreement, false);
    await manager.insert(Agreement, agreement);
    await this.supersessions.keep(manager, agreement, [], unchanged);
    const news = { cause: 'record', previousStatus: null, before: null, wasDisclosed: false } as const;
    return this.concluded(manager, by, agreement, { cause: 'record', action: 'created' }, news);
  }

  /**
   * @param agreement locked by the caller
   * @param alter changes its fields; throws where it may not
   */
  async change(
    manager: EntityManager,
    by: Actor,
    agreement: Agreement,
    deed: Deed,
    alter: () => void | Promise<void>,
  ): Promise<Changed> {
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
    // Of all that is asked of this service it is the most frequent; `save` would read the row once more.
    await manager.update(Agreement, { id: agreement.id }, agreement);
    await this.supersessions.keep(manager, agreement, content.links ?? [], pointerOf);
    const committed = await this.commitments.follow(manager, agreement, wasDisclosed);
    const { historical = false, cause, told, occurredOn } = deed;
    const said = { ...(told && { told }), ...(occurredOn !== undefined && { occurredOn }) };
    const news = { cause, previousStatus, before, wasDisclosed, historical, ...said };
    const { view, messages } = await this.concluded(manager, by, agreement, deed, news);
    return { view, messages: [...messages, ...committed] };
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

  view(agreement: Agreement): AgreementView {
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

  private async concluded(
    manager: EntityManager,
    by: Actor,
    agreement: Agreement,
    { cause, action = cause, reason = null }: Deed,
    news: AgreementNews,
  ): Promise<Changed> {
    const view = this.view(agreement);
    const { before } = news;
    const change = { resource: AGREEMENTS, resourceId: agreement.id, action, reason, before, after: view };
    await this.audit.record(manager, by, [change]);
    return { view, messages: agreementMessages(agreement, view.url, news) };
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
