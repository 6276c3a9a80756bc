import { EmptiedPart } from './emptied-part';

let part: EmptiedPart;

beforeEach(() => {
  part = new EmptiedPart();
});

describe('the emptied part of an outbox', () => {
  it('grows once every transaction has ended that may have drawn a lower id, and a read finds nothing there', () => {
    part.removed(10n, { transaction: 100n, oldest: 95n });
    part.read(undefined);
    expect(part.through).toBe(0n);
    part.removed(20n, { transaction: 101n, oldest: 100n });
    expect(part.through).toBe(0n);
    part.read(21n);
    expect(part.through).toBe(10n);
  });

  it('waits for a transaction that may yet commit a lower id', () => {
    part.removed(10n, { transaction: 100n, oldest: 95n });
    for (const id of [20n, 30n, 40n]) {
      part.removed(id, { transaction: 100n + id, oldest: 99n });
      part.read(undefined);
    }
    expect(part.through).toBe(0n);
  });

  it('waits until what was committed late has been sent as well', () => {
    part.removed(10n, { transaction: 100n, oldest: 95n });
    part.removed(20n, { transaction: 101n, oldest: 100n });
    part.read(7n);
    expect(part.through).toBe(0n);
    part.removed(7n, { transaction: 102n, oldest: 102n });
    part.read(undefined);
    expect(part.through).toBe(20n);
  });
});
