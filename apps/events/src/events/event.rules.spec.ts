import { allowedActions, type EventAction, eventStatuses, isHiddenBy, statusAfter, statusOnEntry } from './event.rules';

const after = (...actions: EventAction[]): string | undefined =>
  actions.reduce<ReturnType<typeof statusAfter>>((status, action) => status && statusAfter(status, action), 'draft');

describe('the life of an event', () => {
  it('goes from draft over published, open and ongoing to closed', () => {
    expect(after('publish', 'open', 'start', 'close')).toBe('closed');
  });

  it('may start without sign-ups ever having been open', () => {
    expect(after('publish', 'start')).toBe('ongoing');
  });

  it('can be taken up again after it was postponed, but not after it was cancelled', () => {
    expect(after('publish', 'open', 'postpone', 'open', 'start')).toBe('ongoing');
    expect(after('publish', 'cancel', 'publish')).toBeUndefined();
  });

  it('refuses to open a draft and to close what has not begun', () => {
    expect(after('open')).toBeUndefined();
    expect(after('publish', 'close')).toBeUndefined();
  });

  it('allows these steps and no others', () => {
    const steps = eventStatuses.flatMap((status) =>
      allowedActions(status).map((action) => `${status} - ${action} > ${String(statusAfter(status, action))}`),
    );
    expect(steps).toEqual([
      'draft - publish > published',
      'planned - publish > published',
      'planned - cancel > cancelled',
      'published - open > open',
      'published - start > ongoing',
      'published - cancel > cancelled',
      'published - postpone > postponed',
      'open - start > ongoing',
      'open - cancel > cancelled',
      'open - postpone > postponed',
      'ongoing - close > closed',
      'ongoing - cancel > cancelled',
      'postponed - publish > published',
      'postponed - open > open',
      'postponed - cancel > cancelled',
    ]);
  });

  it('names what is allowed now', () => {
    expect(allowedActions('published')).toEqual(['open', 'start', 'cancel', 'postpone']);
    expect(allowedActions('closed')).toEqual([]);
  });
});

describe('entering an event', () => {
  it('begins as a draft whatever the body says', () => {
    expect(statusOnEntry(false, undefined)).toBe('draft');
  });

  it('takes history as it was, closed unless told otherwise', () => {
    expect(statusOnEntry(true, 'planned')).toBe('planned');
    expect(statusOnEntry(true, undefined)).toBe('closed');
  });
});

describe('the tree of events', () => {
  it('keeps hidden what lies under a draft', () => {
    expect(isHiddenBy('draft')).toBe(true);
    expect(isHiddenBy('planned')).toBe(false);
    expect(isHiddenBy(undefined)).toBe(false);
  });
});
