import {
  allowedActions,
  type Condition,
  statusAfter,
  type Step,
  stepBetween,
  type Steps,
} from '../lifecycle/lifecycle.rules';

export const agreementStatuses = [
  'draft',
  'negotiating',
  'agreed',
  'signed',
  'awaitingEntry',
  'inForce',
  'suspended',
  'expired',
  'terminated',
  'superseded',
  'abandoned',
  'withdrawn',
] as const;
export type AgreementStatus = (typeof agreementStatuses)[number];

export const agreementActions = [
  'negotiate',
  'agree',
  'sign',
  'await-entry',
  'enter-into-force',
  'suspend',
  'resume',
  'expire',
  'terminate',
  'supersede',
  'abandon',
  'withdraw',
] as const;
export type AgreementAction = (typeof agreementActions)[number];

/** What the life of an agreement depends on besides its status. */
export interface LifeFacts {
  type: string;
  binding?: boolean | null;
}

const bindsNobody: Condition<LifeFacts> = { says: 'it binds nobody', holds: ({ binding }) => binding === false };
const mayBind: Condition<LifeFacts> = { says: 'unless it binds nobody', holds: ({ binding }) => binding !== false };
const ofOne: Condition<LifeFacts> = { says: 'a pledge of one', holds: ({ type }) => type === 'unilateralPledge' };

/** What binds nobody never enters into force: it rests at signed, and ends from there. */
const ending = (to: AgreementStatus): Step<AgreementStatus, LifeFacts>[] => [
  { from: ['inForce', 'suspended'], to },
  { from: ['signed'], to, when: bindsNobody },
];

/** The life of an agreement. LIFE.md is drawn from it. */
export const agreementSteps: Steps<AgreementAction, AgreementStatus, LifeFacts> = {
  negotiate: [{ from: ['draft'], to: 'negotiating' }],
  agree: [
    { from: ['negotiating'], to: 'agreed' },
    { from: ['draft'], to: 'agreed', when: ofOne },
  ],
  sign: [{ from: ['agreed'], to: 'signed' }],
  'await-entry': [{ from: ['signed'], to: 'awaitingEntry', when: mayBind }],
  'enter-into-force': [{ from: ['signed', 'awaitingEntry'], to: 'inForce', when: mayBind }],
  suspend: [{ from: ['inForce'], to: 'suspended' }],
  resume: [{ from: ['suspended'], to: 'inForce' }],
  expire: ending('expired'),
  terminate: ending('terminated'),
  supersede: ending('superseded'),
  abandon: [{ from: ['draft', 'negotiating', 'agreed'], to: 'abandoned' }],
  withdraw: [{ from: ['negotiating', 'agreed', 'signed', 'awaitingEntry'], to: 'withdrawn' }],
};

/** The action that a line sent again with another status asks for; null when it is the same. Throws IllegalStep. */
export const actionBetween = (from: AgreementStatus, to: AgreementStatus, facts: LifeFacts): AgreementAction | null =>
  stepBetween(agreementSteps, from, to, facts);

export type AgreementAct =
  | 'consent-by-signature'
  | 'consent'
  | 'withdraw-consent'
  | 'amend'
  | 'renew'
  | 'supersede-in-part'
  | 'record-amendment'
  | 'record-renewal'
  | 'record-consent';

const living: AgreementStatus[] = ['signed', 'awaitingEntry', 'inForce', 'suspended'];
const past: AgreementStatus[] = ['expired', 'terminated', 'superseded'];

/** What may be done to an agreement without a step of its life; `record-` is the same, of what is history already. */
export const agreementActs: Steps<AgreementAct, AgreementStatus, LifeFacts> = {
  'consent-by-signature': [{ from: ['agreed', ...living] }],
  consent: [{ from: living }],
  'withdraw-consent': [{ from: ['agreed', 'signed', 'awaitingEntry'] }],
  amend: [{ from: living }],
  renew: [{ from: ['inForce', 'suspended'] }, { from: ['signed'], when: bindsNobody }],
  'supersede-in-part': [{ from: ['inForce', 'suspended'] }, { from: ['signed'], when: bindsNobody }],
  'record-consent': [{ from: [...living, ...past] }],
  'record-amendment': [{ from: [...living, ...past] }],
  'record-renewal': [{ from: [...living, ...past] }],
};

export const actionsOpenTo = (status: AgreementStatus, facts: LifeFacts): AgreementAction[] =>
  allowedActions(agreementSteps, status, facts);

/** Throws IllegalStep. */
export const statusAfterAction = (
  action: AgreementAction,
  status: AgreementStatus,
  facts: LifeFacts,
): AgreementStatus => statusAfter(agreementSteps, action, status, facts);

/** Throws IllegalStep. */
export function assertMay(act: AgreementAct, status: AgreementStatus, facts: LifeFacts): void {
  statusAfter(agreementActs, act, status, facts);
}

/** Which reported date of the agreement an action settles. */
export const dateSettledBy: Partial<Record<AgreementAction, 'agreedOn' | 'signedOn' | 'inForceOn' | 'endedOn'>> = {
  agree: 'agreedOn',
  sign: 'signedOn',
  'enter-into-force': 'inForceOn',
  expire: 'endedOn',
  terminate: 'endedOn',
  supersede: 'endedOn',
  abandon: 'endedOn',
  withdraw: 'endedOn',
};

/**
 * Outsiders hear of an agreement from "agreed" on. What was given up before that stays unheard of,
 * so a status alone does not tell for abandoned and withdrawn: `wasPublic` does.
 */
export function isPublic(status: AgreementStatus, wasPublic: boolean): boolean {
  if (status === 'draft' || status === 'negotiating') return false;
  if (status === 'abandoned' || status === 'withdrawn') return wasPublic;
  return true;
}

export const visibilities = ['public', 'parties', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];

/** Whether outsiders may know of it: it has come far enough, and nobody keeps it back. */
export function isDisclosed(
  agreement: { status: AgreementStatus; content: { visibility?: Visibility | null } },
  wasDisclosed: boolean,
): boolean {
  return (agreement.content.visibility ?? 'public') === 'public' && isPublic(agreement.status, wasDisclosed);
}
