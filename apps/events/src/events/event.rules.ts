/** Statuses of an event. `planned` is what a source merely announces; it is entered as history. */
export const eventStatuses = [
  'draft',
  'planned',
  'published',
  'open',
  'ongoing',
  'closed',
  'cancelled',
  'postponed',
] as const;
export type EventStatus = (typeof eventStatuses)[number];

export const eventActions = ['publish', 'open', 'start', 'close', 'cancel', 'postpone'] as const;
export type EventAction = (typeof eventActions)[number];

/** Where each action leads from each status. What is not here is not allowed. */
const life: Record<EventStatus, Partial<Record<EventAction, EventStatus>>> = {
  draft: { publish: 'published' },
  planned: { publish: 'published', cancel: 'cancelled' },
  published: { open: 'open', start: 'ongoing', cancel: 'cancelled', postpone: 'postponed' },
  open: { start: 'ongoing', cancel: 'cancelled', postpone: 'postponed' },
  ongoing: { close: 'closed', cancel: 'cancelled' },
  postponed: { publish: 'published', open: 'open', cancel: 'cancelled' },
  closed: {},
  cancelled: {},
};

export function allowedActions(status: EventStatus): EventAction[] {
  return eventActions.filter((action) => life[status][action] !== undefined);
}

/** The status after the action, or undefined when the present one does not allow it. */
export function statusAfter(status: EventStatus, action: EventAction): EventStatus | undefined {
  return life[status][action];
}

/** Parts of an event in these are called off with it: what is over is over, and what was merely planned is a report. */
export const statusesThatCancelFromAbove: EventStatus[] = ['published', 'open', 'ongoing', 'postponed'];

/** Statuses into which an event comes only when it says what the public has to know. */
export function showsToTheWorld(status: EventStatus): boolean {
  return status === 'published' || status === 'open';
}

/** A live event begins as a draft; history is entered in the status that the thing had, closed unless told otherwise. */
export function statusOnEntry(historical: boolean, stated: EventStatus | undefined): EventStatus {
  return historical ? (stated ?? 'closed') : 'draft';
}

/** Nothing about a draft may leak, so what lies under a draft cannot be public. */
export function isHiddenBy(parentStatus: EventStatus | undefined): boolean {
  return parentStatus === 'draft';
}
