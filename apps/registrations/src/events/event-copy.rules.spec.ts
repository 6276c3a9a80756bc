import { type EventNow, whyClosed } from './event-copy.rules';

const open: EventNow = { id: 'event', status: 'open', synthetic: false, windowBegun: true, windowOver: false };

describe('sign-ups', () => {
  it('are taken while the event is open and its window too', () => {
    expect(whyClosed(open)).toBeNull();
  });

  it.each(['published', 'ongoing', 'closed', 'cancelled', 'postponed'])('are not taken while it is %s', (status) => {
    expect(whyClosed({ ...open, status })?.code).toBe('event-not-open');
  });

  it('are not taken before or after the window', () => {
    expect(whyClosed({ ...open, windowBegun: false })?.code).toBe('registration-not-begun');
    expect(whyClosed({ ...open, windowOver: true })?.code).toBe('registration-over');
  });
});
