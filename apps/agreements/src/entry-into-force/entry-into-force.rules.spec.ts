import { type EntryFacts, entryOf, instrumentsNeeded } from './entry-into-force.rules';

const today = '2020-06-15';
const on = (edtf: string): { edtf: string } => ({ edtf });
const ratified = (edtf?: string) => ({ consents: [{ kind: 'ratified', ...(edtf && { on: on(edtf) }) }] });
type Parties = EntryFacts['parties']['items'];

function facts(
  entryIntoForce: EntryFacts['entryIntoForce'],
  items: Parties = [{}, {}],
  signedOn = '2020-06-01',
): EntryFacts {
  return { signedOn: on(signedOn), entryIntoForce, parties: { completeness: 'exhaustive', items } };
}

it.each<[string, EntryFacts, unknown]>([
  ['on signature', facts({ rule: 'onSignature' }), { now: on('2020-06-01') }],
  ['days after signature, in the past', facts({ rule: 'onSignature', daysAfter: 10 }), { now: on('2020-06-11') }],
  ['days after signature, ahead', facts({ rule: 'onSignature', daysAfter: 30 }), { onDay: '2020-07-01' }],
  ['days after some day in June', facts({ rule: 'onSignature', daysAfter: 30 }, [{}], '2020-06'), null],
  ['on a date that has come', facts({ rule: 'onDate', on: on('2020-06-15') }), { now: on('2020-06-15') }],
  ['on a date ahead', facts({ rule: 'onDate', on: on('2021-01-01') }), { onDay: '2021-01-01' }],
  ['on a date before the signing', facts({ rule: 'onDate', on: on('2020-01-01') }), { now: on('2020-06-01') }],
  ['some time next year', facts({ rule: 'onDate', on: on('2021') }), null],
  ['on no date', facts({ rule: 'onDate' }), null],
  [
    'with all instruments',
    facts({ rule: 'onInstruments' }, [ratified('2020-06-02'), ratified('2020-06-03')]),
    { now: on('2020-06-03') },
  ],
  ['with one of two', facts({ rule: 'onInstruments' }, [ratified('2020-06-02'), {}]), null],
  [
    'with the second of three, in whatever order they were entered',
    facts({ rule: 'onInstruments', instruments: { qualifier: 'exact', value: '2', unit: 'instrument' } }, [
      ratified('2020-06-09'),
      ratified('2020-06-02'),
      ratified('2020-06-05'),
    ]),
    { now: on('2020-06-05') },
  ],
  ['with one of unknown date', facts({ rule: 'onInstruments' }, [ratified('2020-06-02'), ratified()]), { now: null }],
  [
    'thirty days after the last instrument',
    facts({ rule: 'onInstruments', daysAfter: 30 }, [ratified('2020-06-02'), ratified('2020-06-10')]),
    { onDay: '2020-07-10' },
  ],
  [
    'with one of two, since the other was taken back',
    facts({ rule: 'onInstruments' }, [
      ratified('2020-06-02'),
      { consents: [{ kind: 'ratified', on: on('2020-06-03'), withdrawal: {} }] },
    ]),
    null,
  ],
  [
    'with an instrument given anew after one was taken back',
    facts({ rule: 'onInstruments' }, [
      {
        consents: [
          { kind: 'ratified', on: on('2020-06-02'), withdrawal: {} },
          { kind: 'ratified', on: on('2020-06-09') },
        ],
      },
    ]),
    { now: on('2020-06-09') },
  ],
  ['by signatures alone', facts({ rule: 'onInstruments' }, [{ consents: [{ kind: 'signed' }] }]), null],
  [
    'without its witness',
    facts({ rule: 'onInstruments' }, [ratified('2020-06-02'), { role: 'witness' }]),
    { now: on('2020-06-02') },
  ],
  ['by another rule', facts({ rule: 'onExchangeOfNotes' }), null],
  ['by none', facts(null), null],
  ['although it binds nobody', { ...facts({ rule: 'onSignature' }), binding: false }, null],
])('an agreement that enters into force %s', (_how, given, entry) => {
  expect(entryOf(given, today)).toEqual(entry);
});

it('asks nobody knows how many of parties of whom some are named', () => {
  const some = facts({ rule: 'onInstruments' });
  expect(instrumentsNeeded(some)).toBe(2);
  expect(instrumentsNeeded({ ...some, parties: { ...some.parties, completeness: 'illustrative' } })).toBeNull();
});
