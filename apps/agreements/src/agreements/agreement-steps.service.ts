import { Injectable } from '@nestjs/common';
import { invalidField } from '@expo-accord/http';
import { type PartialDate } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { PartyFinder } from '../consents/party-finder.service';
import { EntryDays } from '../entry-into-force/entry-days.service';
import { entryOf } from '../entry-into-force/entry-into-force.rules';
import { legalStep } from '../lifecycle/legal-step';
import { Party } from '../parties/party.dto';
import { type PartySignatory } from '../parties/party-reference.dto';
import { withParty } from '../parties/with-party';
import { withoutEmpty } from '../recorded/recorded';
import { Supersessions } from '../supersessions/supersession.service';
import { type Actor, AgreementLedger, type Deed, type Turn } from './agreement-ledger.service';
import { type AgreementActionBody } from './agreement-action.dto';
import { Link } from './agreement.dto';
import { type Agreement, type AgreementContent } from './agreement.entity';
import { type AgreementAction, assertMay, dateSettledBy, statusAfterAction } from './agreement.rules';

/** The steps of an agreement's life, and what follows from one by the agreement's own rules. */
@Injectable()
export class AgreementSteps {
  constructor(
    private readonly ledger: AgreementLedger,
    private readonly parties: PartyFinder,
    private readonly supersessions: Supersessions,
    private readonly days: EntryDays,
  ) {}

  /**
   * Decides what comes of a step, for `AgreementLedger.keep`.
   * @param agreement locked by the caller
   */
  async take(
    manager: EntityManager,
    by: Actor,
    agreement: Agreement,
    action: AgreementAction,
    body: AgreementActionBody,
  ): Promise<Turn[]> {
    if (action !== 'supersede') this.refuseForeign(body);
    else await this.supersessions.assertSuccessor(manager, agreement, body);
    if (action !== 'sign' && body.signatories) {
      throw invalidField('/signatories', 'signatories-need-signing', 'Signatories are named when it is signed.');
    }
    const isPart = action === 'supersede' && hasValue(body.part);
    const taken = await this.ledger.turn(manager, by, agreement, deedOf(action, body), async () => {
      if (isPart) {
        legalStep(() => {
          assertMay('supersede-in-part', agreement.status, agreement.content);
        });
      } else agreement.status = legalStep(() => statusAfterAction(action, agreement.status, agreement.content));
      agreement.content = contentAfter(agreement, isPart ? undefined : dateSettledBy[action], body);
      for (const [at, signatory] of (body.signatories ?? []).entries()) await this.signs(agreement, signatory, at);
    });
    return action === 'sign' ? this.thenEnter(manager, taken, body.historical) : [taken];
  }

  /** What was done, and the entry into force where that was all that its rule waited for. */
  async thenEnter(manager: EntityManager, done: Turn, historical: boolean | undefined): Promise<Turn[]> {
    const { by, agreement } = done;
    const { status, content } = agreement;
    const isWaiting = content.entryIntoForce && (status === 'signed' || status === 'awaitingEntry');
    const entry = isWaiting ? entryOf(content, await this.days.today(manager, agreement)) : null;
    if (entry === null || 'onDay' in entry) return [done];
    return [done, ...(await this.enter(manager, by, agreement, entry.now, historical))];
  }

  async enter(
    manager: EntityManager,
    by: Actor,
    agreement: Agreement,
    on: PartialDate | null,
    historical = false,
  ): Promise<Turn[]> {
    const reason = 'By its rule of entry into force.';
    return this.take(manager, by, agreement, 'enter-into-force', { on, historical, reason });
  }

  private refuseForeign({ part, supersededById }: AgreementActionBody): void {
    if (!hasValue(part) && !hasValue(supersededById)) return;
    throw invalidField(
      hasValue(part) ? '/part' : '/supersededById',
      'only-to-supersede',
      'This belongs to the action "supersede".',
    );
  }

  private async signs(agreement: Agreement, { party: meant, ...signatory }: PartySignatory, at: number): Promise<void> {
    const place = await this.parties.placeOf(agreement, meant, `/signatories/${at}/party`);
    const party = Object.assign(new Party(), agreement.content.parties.items[place], {
      signatory: withoutEmpty(signatory),
    });
    agreement.content = withParty(agreement.content, place, party);
  }
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null;

function deedOf(action: AgreementAction, body: AgreementActionBody): Deed {
  const { reason, historical, supersededById = null, part = null, on = null } = body;
  const supersession = { supersedingId: supersededById, part, on };
  return {
    cause: action,
    ...(action === 'supersede' && { told: { supersession } }),
    ...(part === null ? {} : { action: 'supersede-in-part', occurredOn: on }),
    reason,
    historical,
    pointerOf: (pointer) => (pointer.startsWith('/links/') ? '/supersededById' : '/on'),
  };
}

function contentAfter(
  { content }: Agreement,
  date: 'agreedOn' | 'signedOn' | 'inForceOn' | 'endedOn' | undefined,
  { on, ceremony, supersededById, part }: AgreementActionBody,
): AgreementContent {
  const after = { ...content };
  if (date !== undefined && on) after[date] = on;
  if (ceremony) after.ceremony = ceremony;
  if (supersededById) {
    const link = { kind: 'supersededBy', agreementId: supersededById, ...(part && { part, ...(on && { on }) }) };
    after.links = [...(content.links ?? []), Object.assign(new Link(), link)];
  }
  return after;
}
