import { allowedActions, statusAfter, type Steps } from '../lifecycle/lifecycle.rules';

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

/** Nobody negotiates a pledge of one. */
const mayBeAgreed = (facts: LifeFacts, status: AgreementStatus): boolean =>
  status === 'negotiating' || facts.type === 'unilateralPledge';

/** What binds nobody never enters into force: it rests at signed, and ends from there. */
const hasRunItsCourse = (facts: LifeFacts, status: AgreementStatus): boolean =>
  status !== 'signed' || facts.binding === false;

const canEnter = (facts: LifeFacts): boolean => facts.binding !== false;

const steps: Steps<AgreementAction, AgreementStatus, LifeFacts> = {
  negotiate: { from: ['draft'], to: 'negotiating' },
  agree: { from: ['draft', 'negotiating'], to: 'agreed', when: mayBeAgreed },
  sign: { from: ['agreed'], to: 'signed' },
  'await-entry': { from: ['signed'], to: 'awaitingEntry', when: canEnter },
  'enter-into-force': { from: ['signed', 'awaitingEntry'], to: 'inForce', when: canEnter },
  suspend: { from: ['inForce'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'inForce' },
  expire: { from: ['signed', 'inForce', 'suspended'], to: 'expired', when: hasRunItsCourse },
  terminate: { from: ['signed', 'inForce', 'suspended'], to: 'terminated', when: hasRunItsCourse },
  supersede: { from: ['signed', 'inForce', 'suspended'], to: 'superseded', when: hasRunItsCourse },
  abandon: { from: ['draft', 'negotiating', 'agreed'], to: 'abandoned' },
  withdraw: { from: ['negotiating', 'agreed', 'signed', 'awaitingEntry'], to: 'withdrawn' },
};

export const actionsOpenTo = (status: AgreementStatus, facts: LifeFacts): AgreementAction[] =>
  allowedActions(steps, status, facts);

/** Throws IllegalStep. */
export const statusAfterAction = (
  action: AgreementAction,
  status: AgreementStatus,
  facts: LifeFacts,
): AgreementStatus => statusAfter(steps, action, status, facts);

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
