/** An event as the database's own clock sees it at this moment. */
export interface EventNow {
  readonly id: string;
  readonly status: string;
  readonly synthetic: boolean;
  /** False until the registration window opens; true where it has no beginning. */
  readonly windowBegun: boolean;
  readonly windowOver: boolean;
}

export interface Closed {
  readonly code: 'event-not-open' | 'registration-not-begun' | 'registration-over';
  readonly detail: string;
}

/** Why nobody can sign up now, or null when anybody can. */
export function whyClosed(event: EventNow): Closed | null {
  if (event.status !== 'open') {
    return { code: 'event-not-open', detail: `Nobody can sign up while the event is ${event.status}.` };
  }
  if (!event.windowBegun) {
    return { code: 'registration-not-begun', detail: 'Registration for this event has not begun.' };
  }
  if (event.windowOver) return { code: 'registration-over', detail: 'Registration for this event is over.' };
  return null;
}
