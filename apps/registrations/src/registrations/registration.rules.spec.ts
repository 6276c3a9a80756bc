import { registration, signUp } from '../../test/sign-up.builder';
import { Fingerprints, personIdentities, type PersonIdentity } from './person-fingerprint';
import { type Person, type Registration, registrationStatuses } from './registration';
import { QuotaLedger } from '../tickets/quota.rules';
import {
  actionsFrom,
  afterAction,
  endsTicket,
  isWrittenTo,
  quotasDrawnBy,
  quotasFreedBy,
  registrationActions,
} from './registration.rules';

const now = new Date('2030-10-17T00:00:00Z');

describe('actions', () => {
  it('check in only who is confirmed', () => {
    expect(afterAction('check-in', registration(), now)?.status).toBe('checkedIn');
    expect(afterAction('check-in', registration({ status: 'pendingApproval' }), now)).toBeNull();
  });

  it('leave nothing to do with who was cancelled, and a new ticket to who was checked in', () => {
    expect(actionsFrom('checkedIn')).toEqual(['reissue-ticket']);
    expect(actionsFrom('cancelled')).toEqual([]);
    expect(actionsFrom('confirmed')).toEqual(['cancel', 'check-in', 'transfer', 'no-show', 'reissue-ticket']);
  });

  it('lead from each status to these and to no others', () => {
    const table = registrationStatuses.flatMap((status) =>
      registrationActions.flatMap((action) => {
        const after = afterAction(action, registration({ status }), now);
        return after === null ? [] : [`${status} ${action} ${after.status}`];
      }),
    );
    expect(table).toEqual([
      'pendingApproval approve confirmed',
      'pendingApproval decline declined',
      'pendingApproval cancel cancelled',
      'pendingApproval transfer pendingApproval',
      'confirmed cancel cancelled',
      'confirmed check-in checkedIn',
      'confirmed transfer confirmed',
      'confirmed no-show noShow',
      'confirmed reissue-ticket confirmed',
      'checkedIn reissue-ticket checkedIn',
      'waitlisted decline declined',
      'waitlisted cancel cancelled',
      'waitlisted transfer waitlisted',
      'noShow check-in checkedIn',
      'noShow reissue-ticket noShow',
    ]);
  });

  it('end the ticket that there was when they issue another', () => {
    expect(afterAction('reissue-ticket', registration(), now)?.ticketsEndedAt).toEqual([now]);
  });
});

describe('a ticket', () => {
  const ends = (changes: Partial<Registration>): boolean => endsTicket(registration(), registration(changes));

  it('ends with its registration, its person or its category, and with nothing else', () => {
    expect(ends({ status: 'cancelled' })).toBe(true);
    expect(ends({ fingerprint: 'somebody else' })).toBe(true);
    expect(ends({ category: 'vip' })).toBe(true);
    const [unknown, person] = [registration({ fingerprint: null }), { ...signUp().person, email: 'other@example.org' }];
    expect(endsTicket(unknown, { ...unknown, person })).toBe(true);
    expect(endsTicket(unknown, { ...unknown, person: { ...unknown.person, phone: '+82' } })).toBe(false);
    expect(ends({ status: 'checkedIn', language: 'ja', economy: 'JP' })).toBe(false);
  });

  it('cannot end where there was none', () => {
    expect(endsTicket(registration({ status: 'waitlisted' }), registration({ status: 'cancelled' }))).toBe(false);
  });
});

describe('places', () => {
  it('are held by who did not turn up, and not by who waits or cancelled', () => {
    expect(quotasDrawnBy(signUp({ status: 'noShow' }))).toEqual(['event', 'buyer', 'KR']);
    expect(quotasDrawnBy(signUp({ status: 'waitlisted' }))).toEqual([]);
    expect(quotasDrawnBy(signUp({ status: 'cancelled' }))).toEqual([]);
  });

  it('are drawn from no side where none is stated, and from each session', () => {
    expect(quotasDrawnBy(signUp({ economy: null, sessionIds: ['a', 'b'] }))).toEqual(['event', 'buyer', 'a', 'b']);
  });

  it('become free in the quotas that are left, as far as they are limited', () => {
    const ledger = new QuotaLedger([{ name: 'buyer', places: 1, taken: 1 }]);
    const freed = (changes: Partial<Registration>): string[] =>
      quotasFreedBy({ before: registration(), after: registration(changes) }, ledger);
    expect(freed({ status: 'cancelled' })).toEqual(['buyer']);
    expect(freed({ category: 'visitor' })).toEqual(['buyer']);
    expect(freed({ economy: 'JP', status: 'checkedIn' })).toEqual([]);
    expect(quotasFreedBy({ before: null, after: registration() }, ledger)).toEqual([]);
  });

  it('may be found in whatever somebody who waits wants now', () => {
    const before = registration({ status: 'waitlisted' });
    const change = { before, after: { ...before, category: 'visitor' } };
    expect(quotasFreedBy(change, new QuotaLedger([]))).toContain('visitor');
    expect(quotasFreedBy({ ...change, before: { ...before, historical: true } }, new QuotaLedger([]))).toEqual([]);
  });
});

describe('mail', () => {
  it('goes to who asked for it and has an address, never to history', () => {
    expect(isWrittenTo(signUp({ notify: true }))).toBe(true);
    expect(isWrittenTo(signUp({ notify: true, historical: true }))).toBe(false);
    expect(isWrittenTo(signUp({ notify: true, person: { ...signUp().person, email: null } }))).toBe(false);
    expect(isWrittenTo(signUp())).toBe(false);
  });
});

describe('the fingerprint of a person', () => {
  const base = signUp().person;
  const [usual] = personIdentities;
  const of = (changes: Partial<Person>, eventId = 'event', by: PersonIdentity = usual): string | null =>
    new Fingerprints('key', eventId, { ...base, ...changes }).by(by);
  const document = { kind: 'passport', number: 'M 123-45', economy: 'KR' };

  it('is that of the document, however it is spaced, whatever else is given', () => {
    expect(of({ document })).toBe(of({ document: { ...document, number: 'm12345' }, email: null }));
  });

  it('is that of e-mail and name together: an assistant registers a delegation under one address', () => {
    const other = { texts: { ko: '이영희' }, order: 'familyFirst' as const };
    expect(of({})).toBe(of({ email: ' MINSU@example.org' }));
    expect(of({})).not.toBe(of({ name: other }));
  });

  it('is none where neither is given: two namesakes are two persons', () => {
    expect(of({ email: null })).toBeNull();
  });

  it('is of what the event goes by, and none where that is not given', () => {
    const changes = { document };
    expect(of(changes, 'event', 'document')).toBe(of(changes));
    expect(of(changes, 'event', 'emailAndName')).toBe(of({}));
    expect(of({}, 'event', 'document')).toBeNull();
    expect(of({ document, email: null }, 'event', 'emailAndName')).toBeNull();
    expect(of(changes, 'event', 'none')).toBeNull();
  });

  it('differs from event to event and from key to key', () => {
    expect(of({})).not.toBe(of({}, 'another'));
    expect(of({})).not.toBe(new Fingerprints('other key', 'event', base).by(usual));
  });
});
