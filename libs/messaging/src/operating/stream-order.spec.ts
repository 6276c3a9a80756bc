import { type StreamExpectation, StreamOrder } from './stream-order';

const keepsAll: StreamExpectation = { mayBeginAnywhere: false, mayHaveGaps: false };
const forgets: StreamExpectation = { mayBeginAnywhere: true, mayHaveGaps: false };
const compacted: StreamExpectation = { mayBeginAnywhere: true, mayHaveGaps: true };

/** Numbers of epoch 1, or [epoch, number]. */
function findings(expected: StreamExpectation, counter: number, ...taken: (number | [number, number])[]): string[] {
  const order = new StreamOrder(expected);
  for (const one of taken) {
    const [epoch, sequence] = typeof one === 'number' ? [1, one] : one;
    order.takeFromTopic({ epoch, sequence }, 0);
  }
  return order.finish(counter).map(({ kind, detail }) => `${kind}: ${detail}`);
}

describe('the order of a stream', () => {
  it('is whole, though a relay sent some twice', () => {
    expect(findings(keepsAll, 4, 1, 2, 3, 2, 3, 4)).toEqual([]);
  });

  it('lacks what was skipped, what was never begun with and what is behind the counter', () => {
    expect(findings(keepsAll, 9, 2, 3, 7)).toEqual([
      'gap: 1 is missing',
      'gap: 4 to 6 are missing',
      'gap: 8 to 9 are missing',
    ]);
    expect(findings(keepsAll, 2)).toEqual(['gap: 1 to 2 are missing']);
  });

  it('is broken where a number comes first after a higher one, which is then no gap', () => {
    expect(findings(keepsAll, 5, 1, 5, 3, 2, 4)).toEqual([
      'order: 3 came after 5',
      'order: 2 came after 5',
      'order: 4 came after 5',
    ]);
    expect(findings(keepsAll, 5, 1, 5, 3)).toEqual(['order: 3 came after 5', 'gap: 2 is missing', 'gap: 4 is missing']);
  });

  it('may repeat numbers in a later epoch but not jump, and bears what an old relay sends late', () => {
    expect(findings(keepsAll, 5, 1, 2, 3, 4, [2, 3], [2, 4], 5, [2, 5])).toEqual([]);
    expect(findings(keepsAll, 7, 1, 2, 3, 4, [2, 7])).toEqual(['gap: 5 to 6 are missing']);
  });

  it('may have lost its beginning where the topic forgets, but nothing behind', () => {
    expect(findings(forgets, 6, 4, 5, 6)).toEqual([]);
    expect(findings(forgets, 3)).toEqual([]);
    expect(findings(forgets, 7, 4, 6)).toEqual(['gap: 5 is missing', 'gap: 7 is missing']);
  });

  it('may have lost all but the last where the topic is compacted', () => {
    expect(findings(compacted, 6, 2, 6)).toEqual([]);
    expect(findings(compacted, 6, 2, 5)).toEqual(['gap: 6 is missing']);
  });

  it('cannot be told across partitions', () => {
    const order = new StreamOrder(keepsAll);
    order.takeFromTopic({ epoch: 1, sequence: 1 }, 0);
    order.takeFromTopic({ epoch: 1, sequence: 2 }, 3);
    expect(order.finish(1)).toEqual([{ kind: 'partitions', detail: 'lies in partitions 0 and 3' }]);
  });
});
