import { IllegalStep } from '../lifecycle/lifecycle.rules';
import {
  actionsOpenTo,
  type AgreementAction,
  agreementActions,
  type AgreementStatus,
  agreementStatuses,
  isPublic,
  type LifeFacts,
  statusAfterAction,
} from './agreement.rules';

const treaty: LifeFacts = { type: 'treaty' };

const legal: Record<AgreementStatus, Partial<Record<AgreementAction, AgreementStatus>>> = {
  draft: { negotiate: 'negotiating', abandon: 'abandoned' },
  negotiating: { agree: 'agreed', abandon: 'abandoned', withdraw: 'withdrawn' },
  agreed: { sign: 'signed', abandon: 'abandoned', withdraw: 'withdrawn' },
  signed: { 'await-entry': 'awaitingEntry', 'enter-into-force': 'inForce', withdraw: 'withdrawn' },
  awaitingEntry: { 'enter-into-force': 'inForce', withdraw: 'withdrawn' },
  inForce: { suspend: 'suspended', expire: 'expired', terminate: 'terminated', supersede: 'superseded' },
  suspended: { resume: 'inForce', expire: 'expired', terminate: 'terminated', supersede: 'superseded' },
  expired: {},
  terminated: {},
  superseded: {},
  abandoned: {},
  withdrawn: {},
};

const every = agreementStatuses.flatMap((status) => agreementActions.map((action) => ({ status, action })));

describe('the life of an agreement', () => {
  it.each(every.filter(({ status, action }) => legal[status][action] !== undefined))(
    'goes on from $status by $action',
    ({ status, action }) => {
      expect(statusAfterAction(action, status, treaty)).toBe(legal[status][action]);
    },
  );

  it.each(every.filter(({ status, action }) => legal[status][action] === undefined))(
    'refuses to $action at $status and names what is possible',
    ({ status, action }) => {
      let refusal: unknown;
      try {
        statusAfterAction(action, status, treaty);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(IllegalStep);
      expect((refusal as IllegalStep).allowedActions.sort()).toEqual(Object.keys(legal[status]).sort());
    },
  );

  it('lets a pledge of one be agreed without negotiations', () => {
    expect(statusAfterAction('agree', 'draft', { type: 'unilateralPledge' })).toBe('agreed');
  });

  it('lets a memorandum that binds nobody rest at signed and end from there', () => {
    const memorandum: LifeFacts = { type: 'mou', binding: false };
    expect(actionsOpenTo('signed', memorandum).sort()).toEqual(['expire', 'supersede', 'terminate', 'withdraw']);
  });
});

describe('what outsiders hear', () => {
  it.each(['draft', 'negotiating'] as const)('is nothing at %s, even for what was public once', (status) => {
    expect(isPublic(status, true)).toBe(false);
  });

  it('is the end of what they had heard of, and nothing of what they had not', () => {
    expect(isPublic('abandoned', true)).toBe(true);
    expect(isPublic('abandoned', false)).toBe(false);
    expect(isPublic('withdrawn', false)).toBe(false);
  });

  it.each(['agreed', 'signed', 'inForce', 'terminated'] as const)('includes everything at %s', (status) => {
    expect(isPublic(status, false)).toBe(true);
  });
});
