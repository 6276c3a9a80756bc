import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, conflict, notFound, requireScope } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { AgreementLedger } from '../agreements/agreement-ledger.service';
import { AgreementSteps } from '../agreements/agreement-steps.service';
import { Agreement } from '../agreements/agreement.entity';
import { partyOf } from '../agreements/agreement.messages';
import { assertMay } from '../agreements/agreement.rules';
import { type AgreementView } from '../agreements/agreement.view';
import { EntryDays } from '../entry-into-force/entry-days.service';
import { instrumentsGiven, instrumentsNeeded, isInstrument, stands } from '../entry-into-force/entry-into-force.rules';
import { legalStep } from '../lifecycle/legal-step';
import { Consent, Party } from '../parties/party.dto';
import { withParty } from '../parties/with-party';
import { withoutEmpty } from '../recorded/recorded';
import { type ConsentsAnswer, type GiveConsent, type WithdrawConsent } from './consent.dto';
import { PartyFinder } from './party-finder.service';

/** What each party did to be bound, and the entry into force that follows from it. */
@Injectable()
export class Consents {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: AgreementLedger,
    private readonly steps: AgreementSteps,
    private readonly parties: PartyFinder,
    private readonly days: EntryDays,
  ) {}

  async give(caller: Caller, id: string, body: GiveConsent, dryRun: boolean): Promise<AgreementView> {
    if (body.historical) requireScope(caller, 'history:write');
    const work = (manager: EntityManager): Promise<AgreementView> => this.given(manager, caller, id, body);
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  /** The agreement is as if it had never been given, but for its record: what waited for it waits again. */
  async withdraw(caller: Caller, id: string, body: WithdrawConsent, dryRun: boolean): Promise<AgreementView> {
    if (body.historical) requireScope(caller, 'history:write');
    const work = (manager: EntityManager): Promise<AgreementView> => this.withdrawn(manager, caller, id, body);
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  async of(caller: Caller, id: string): Promise<ConsentsAnswer> {
    const { manager } = this.transactions;
    const agreement = await manager.findOneBy(Agreement, { id, tenantId: caller.tenantId });
    if (!agreement) throw notFound('agreement', id);
    const { content, entersOn } = agreement;
    const items = content.parties.items.flatMap(({ consents = [], ...party }) =>
      consents.map((consent) => Object.assign({ party }, consent)),
    );
    const [needed, given] = [instrumentsNeeded(content), instrumentsGiven(content).length];
    const entersAt = (await this.days.beginning(manager, agreement))?.toISOString() ?? null;
    return { items, nextCursor: null, needed, given, entersOn, entersAt };
  }

  private async given(manager: EntityManager, caller: Caller, id: string, body: GiveConsent): Promise<AgreementView> {
    const { party: meant, signatory, historical, reason, ...consent } = body;
    const agreement = await this.ledger.locked(manager, caller.tenantId, id);
    const act = isInstrument(body) ? 'consent' : 'consent-by-signature';
    legalStep(() => {
      assertMay(historical ? 'record-consent' : act, agreement.status, agreement.content);
    });
    const place = await this.parties.placeOf(agreement, meant, '/party');
    const party = withConsent(agreement.content.parties.items[place] as Party, consent, signatory);
    const told = { consent: { party: partyOf(party), kind: body.kind, on: body.on ?? null } };
    const deed = {
      cause: 'consent',
      reason,
      historical,
      told,
      occurredOn: body.on ?? null,
      pointerOf: () => '/on',
    } as const;
    const done = await this.ledger.turn(manager, caller, agreement, deed, () => {
      agreement.content = withParty(agreement.content, place, party);
    });
    const turns = await this.steps.thenEnter(manager, done, historical);
    await this.ledger.keep(manager, caller, turns);
    return (turns.at(-1) ?? done).view;
  }

  private async withdrawn(
    manager: EntityManager,
    caller: Caller,
    id: string,
    body: WithdrawConsent,
  ): Promise<AgreementView> {
    const { party: meant, kind, historical, reason, on = null, ...marks } = body;
    const agreement = await this.ledger.locked(manager, caller.tenantId, id);
    legalStep(() => {
      assertMay('withdraw-consent', agreement.status, agreement.content);
    });
    const place = await this.parties.placeOf(agreement, meant, '/party');
    const party = agreement.content.parties.items[place] as Party;
    const { consents = [] } = party;
    const consent = consents.find((given) => given.kind === kind && stands(given));
    if (!consent) throw conflict('consent-not-given', 'No such consent of this party stands.');
    const withdrawal = withoutEmpty({ on, ...marks });
    const after = consents.map((given) =>
      given === consent ? Object.assign(new Consent(), given, { withdrawal }) : given,
    );
    const told = { consent: { party: partyOf(party), kind, on: consent.on ?? null } };
    const deed = {
      cause: 'withdraw-consent',
      reason,
      historical,
      told,
      occurredOn: on,
      pointerOf: () => '/on',
    } as const;
    const done = await this.ledger.turn(manager, caller, agreement, deed, () => {
      const changed = withoutEmpty(Object.assign(new Party(), party, { consents: after }));
      agreement.content = withParty(agreement.content, place, changed);
    });
    await this.ledger.keep(manager, caller, [done]);
    return done.view;
  }
}

/** One instrument binds a party; another that says the same is a mistake, or an old request sent again. */
function withConsent(
  party: Party,
  consent: Omit<GiveConsent, 'party' | 'signatory' | 'historical' | 'reason'>,
  signatory: GiveConsent['signatory'],
): Party {
  const { consents = [] } = party;
  if (consents.some((earlier) => stands(earlier) && isInstrument(earlier) === isInstrument(consent))) {
    throw conflict('consent-given', 'This party has given its consent; a wrong entry is corrected by PATCH.');
  }
  const given = { consents: [...consents, consent], ...(signatory && { signatory }) };
  return withoutEmpty(Object.assign(new Party(), party, given));
}
