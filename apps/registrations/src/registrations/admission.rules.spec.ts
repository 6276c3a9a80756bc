import { admission, codeOf, existing, person, quota, ref, terms } from '../../test/admission.builder';
import { signUp } from '../../test/sign-up.builder';
import { QuotaLedger } from '../tickets/quota.rules';

describe('a sign-up', () => {
  it('is confirmed and carries the synthetic mark of its event', () => {
    const admitted = admission({ event: { id: 'event', synthetic: true, sessionIds: [] } }).admit(signUp());
    expect(admitted).toMatchObject({
      outcome: 'created',
      registration: { status: 'confirmed', synthetic: true, version: 1 },
    });
  });

  it('is refused for a category or session that the event does not have', () => {
    expect(codeOf(admission().admit(signUp({ category: 'press' })))).toBe('category-unknown');
    expect(admission().admit(signUp({ sessionIds: ['opening', 'banquet'] }))).toMatchObject({
      refusal: { code: 'session-unknown', errors: [{ pointer: '/sessionIds/1' }] },
    });
  });

  it('waits for approval where its category wants that, and holds its places meanwhile', () => {
    const ledger = new QuotaLedger([quota('buyer', 1)]);
    const batch = admission({ ledger, categories: new Map([['buyer', terms({ requiresApproval: true })]]) });
    expect(batch.admit(signUp())).toMatchObject({ outcome: 'created', registration: { status: 'pendingApproval' } });
    expect(codeOf(batch.admit(signUp(person('late@x.org'))))).toBe('quota-full');
    expect(ledger.changes()).toEqual([{ name: 'buyer', delta: 1 }]);
  });

  it('waits for a place where its category wants that, and takes none in any quota', () => {
    const ledger = new QuotaLedger([quota('buyer', 5), quota('opening', 1, 1)]);
    const batch = admission({ ledger, categories: new Map([['buyer', terms({ waitlist: true })]]) });
    expect(batch.admit(signUp({ sessionIds: ['opening'] }))).toMatchObject({
      outcome: 'waitlisted',
      registration: { status: 'waitlisted' },
    });
    expect(ledger.changes()).toEqual([]);
    expect(codeOf(batch.admit(signUp(person('elsewhere@x.org'))))).toBe('created');
  });

  it('does not get what a correction before it gave back while others wait', () => {
    const categories = new Map(['buyer', 'visitor'].map((code) => [code, terms({ waitlist: true })]));
    const quotas = [quota('buyer', 1, 1), quota('visitor', 1)];
    const outcomeWhere = (isQueued: boolean): string => {
      const ledger = new QuotaLedger(quotas);
      if (isQueued) ledger.holdBackWhatIsFreed();
      const batch = admission({ onExisting: 'update', ledger, categories }, [existing()]);
      batch.admit(signUp({ ...ref('77'), category: 'visitor' }));
      return codeOf(batch.admit(signUp(person('late@x.org'))));
    };
    expect([outcomeWhere(false), outcomeWhere(true)]).toEqual(['created', 'waitlisted']);
  });

  it('is refused while the event is closed, unless it is history', () => {
    const closed = { code: 'event-not-open', detail: '' } as const;
    expect(codeOf(admission({ closed }).admit(signUp()))).toBe('event-not-open');
    expect(codeOf(admission({ closed }).admit(signUp({ historical: true, status: 'checkedIn' })))).toBe('created');
  });
});

describe('quotas', () => {
  it('are drawn all or nothing: a full side leaves the places of event and category alone', () => {
    const ledger = new QuotaLedger([quota('event', 10), quota('buyer', 10), quota('KR', 1, 1)]);
    const admitted = admission({ ledger }).admit(signUp());
    expect(admitted).toMatchObject({ outcome: 'refused', refusal: { code: 'quota-full', quota: 'KR' } });
    expect(ledger.changes()).toEqual([]);
  });

  it('never block a sign-up that does not draw from them', () => {
    const context = { quotas: [quota('visitor', 0), quota('JP', 0)] };
    expect(codeOf(admission(context).admit(signUp()))).toBe('created');
  });

  it('count what sign-ups before in the same batch took', () => {
    const batch = admission({ quotas: [quota('event', 2)] });
    const outcomes = ['a@x.org', 'b@x.org', 'c@x.org'].map((email) => codeOf(batch.admit(signUp(person(email)))));
    expect(outcomes).toEqual(['created', 'created', 'quota-full']);
  });

  it('count history beyond their limit, and nobody else after it', () => {
    const ledger = new QuotaLedger([quota('event', 1, 1)]);
    const batch = admission({ ledger });
    expect(codeOf(batch.admit(signUp({ historical: true, status: 'checkedIn' })))).toBe('created');
    expect(ledger.changes()).toEqual([{ name: 'event', delta: 1 }]);
    expect(codeOf(batch.admit(signUp(person('late@x.org'))))).toBe('quota-full');
  });
});

describe('a person or reference that is registered already', () => {
  it('is refused by default, and the refusal names the registration', () => {
    const admitted = admission({}, [existing()]).admit(signUp(ref('77')));
    expect(admitted).toMatchObject({ refusal: { code: 'already-registered', registrationId: 'old' } });
    expect(codeOf(admission({}, [existing()]).admit(signUp(ref('another'))))).toBe('already-registered');
  });

  it('is skipped when asked to, even after the event closed', () => {
    const context = { onExisting: 'skip', closed: { code: 'event-not-open', detail: '' } } as const;
    const batch = admission(context, [existing()]);
    expect(batch.admit(signUp(ref('77')))).toMatchObject({ outcome: 'skipped', registration: { id: 'old' } });
    expect(batch.changes()).toEqual([]);
  });

  it('is corrected when asked to, and moves from one quota to the other', () => {
    const ledger = new QuotaLedger([quota('buyer', 1, 1), quota('visitor', 1)]);
    const batch = admission({ onExisting: 'update', ledger }, [existing()]);
    expect(codeOf(batch.admit(signUp({ ...ref('77'), category: 'visitor' })))).toBe('updated');
    expect(ledger.changes()).toEqual([
      { name: 'buyer', delta: -1 },
      { name: 'visitor', delta: 1 },
    ]);
    expect(batch.changes()).toMatchObject([{ before: { version: 4 }, after: { version: 5, category: 'visitor' } }]);
  });

  it('does not come past the approval of another category by being corrected', () => {
    const categories = new Map([
      ['buyer', terms()],
      ['visitor', terms({ requiresApproval: true })],
    ]);
    const batch = admission({ onExisting: 'update', categories }, [existing()]);
    expect(batch.admit(signUp({ ...ref('77'), category: 'visitor' }))).toMatchObject({
      registration: { status: 'pendingApproval', ticketsEndedAt: [expect.any(Date)] },
    });
  });

  it('leaves as it is whether they get mail, where a correction does not say', () => {
    for (const notify of [true, false]) {
      const batch = admission({ onExisting: 'update' }, [existing({ notify })]);
      const left = { ...ref('77'), notify: !notify, keepsNotify: true };
      expect(batch.admit(signUp({ ...left, mode: 'online' }))).toMatchObject({
        outcome: 'updated',
        registration: { notify },
      });
      expect(batch.admit(signUp({ ...left, mode: 'online' })).outcome).toBe('skipped');
      expect(batch.admit(signUp({ ...ref('77'), notify: !notify }))).toMatchObject({
        registration: { notify: !notify },
      });
    }
  });

  it('goes on waiting when it is corrected', () => {
    const batch = admission({ onExisting: 'update' }, [existing({ status: 'waitlisted' })]);
    expect(batch.admit(signUp({ ...ref('77'), category: 'visitor' }))).toMatchObject({
      outcome: 'updated',
      registration: { status: 'waitlisted', category: 'visitor' },
    });
  });

  it('is skipped when a correction changes nothing', () => {
    const batch = admission({ onExisting: 'update' }, [existing()]);
    expect(codeOf(batch.admit(signUp(ref('77'))))).toBe('skipped');
  });

  it('keeps the status of a cancelled registration against a correction', () => {
    const batch = admission({ onExisting: 'update' }, [existing({ status: 'cancelled' })]);
    expect(codeOf(batch.admit(signUp({ ...ref('77'), category: 'visitor' })))).toBe('registration-over');
  });

  it('may sign up again after a cancellation', () => {
    expect(codeOf(admission({}, [existing({ status: 'cancelled' })]).admit(signUp(ref('78'))))).toBe('created');
  });

  it('is found within the same batch, and two corrections of it are one change', () => {
    const batch = admission({ onExisting: 'update' });
    const lines = ['buyer', 'visitor', 'buyer'].map((category) => signUp({ ...ref('1'), category, mode: category }));
    expect(lines.map((line) => codeOf(batch.admit(line)))).toEqual(['created', 'updated', 'updated']);
    expect(batch.changes()).toMatchObject([{ before: null, after: { category: 'buyer', version: 1 } }]);
  });

  it('is refused where the reference belongs to a registration for another event', () => {
    const batch = admission({ onExisting: 'skip' }, [existing({ eventId: 'elsewhere' })]);
    expect(codeOf(batch.admit(signUp({ ...ref('77'), ...person('other@x.org') })))).toBe('external-ref-taken');
  });
});
