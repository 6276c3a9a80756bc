import { IllegalStep } from '../lifecycle/lifecycle.rules';
import {
  actionBetween,
  actionsOpenTo,
  type ProjectAction,
  projectActions,
  type ProjectLife,
  type ProjectStatus,
  projectStatuses,
  statusAfterAction,
} from './project.rules';

const moving: ProjectLife = { stalledFrom: null };

const legal: Record<ProjectStatus, Partial<Record<ProjectAction, ProjectStatus>>> = {
  announced: { sign: 'signed', stall: 'stalled', cancel: 'cancelled' },
  signed: { register: 'registered', stall: 'stalled', cancel: 'cancelled' },
  registered: { start: 'underWay', stall: 'stalled', cancel: 'cancelled' },
  underWay: { operate: 'operating', stall: 'stalled', cancel: 'cancelled' },
  operating: { stall: 'stalled' },
  stalled: { cancel: 'cancelled' },
  cancelled: {},
};

const every = projectStatuses.flatMap((status) => projectActions.map((action) => ({ status, action })));

describe('the life of a project', () => {
  it.each(every.filter(({ status, action }) => legal[status][action] !== undefined))(
    'goes on from $status by $action',
    ({ status, action }) => {
      expect(statusAfterAction(action, status, moving)).toBe(legal[status][action]);
    },
  );

  it.each(every.filter(({ status, action }) => legal[status][action] === undefined))(
    'refuses to $action at $status and names what is possible',
    ({ status, action }) => {
      expect(() => statusAfterAction(action, status, moving)).toThrow(IllegalStep);
      expect(actionsOpenTo(status, moving).sort()).toEqual(Object.keys(legal[status]).sort());
    },
  );

  it('resumes where it had stalled', () => {
    expect(statusAfterAction('resume', 'stalled', { stalledFrom: 'registered' })).toBe('registered');
  });
});

describe('a status sent again in bulk', () => {
  it('moves nothing when it is the same', () => {
    expect(actionBetween('signed', 'signed', moving)).toBeNull();
  });

  it('is the action that leads there', () => {
    expect(actionBetween('announced', 'signed', moving)).toBe('sign');
    expect(actionBetween('stalled', 'underWay', { stalledFrom: 'underWay' })).toBe('resume');
  });

  it('is refused when no single action leads there', () => {
    expect(() => actionBetween('announced', 'operating', moving)).toThrow(IllegalStep);
    expect(() => actionBetween('signed', 'announced', moving)).toThrow(IllegalStep);
  });
});
