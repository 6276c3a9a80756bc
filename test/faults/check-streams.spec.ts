import { checkStreams } from './check-streams';
import { type Said, type Streams } from './history';
import { again, aMessage } from './said.builder';

function streams(counter: number, ...unsent: number[]): Streams[] {
  const source = '/registrations/one';
  const rows = unsent.map((sequence) => ({ source, id: `one-${sequence}`, epoch: 1, sequence }));
  return [{ service: 'registrations', counters: new Map([[source, counter]]), unsent: rows }];
}

const numbered = (...numbers: number[]): Said[] => numbers.map((sequence) => aMessage('one', sequence));

describe('the check of streams', () => {
  it('finds nothing where topic and outbox together have each number once', () => {
    expect(checkStreams(numbered(1, 2, 3), streams(3))).toEqual([]);
    expect(checkStreams(numbered(1, 2), streams(4, 3, 4))).toEqual([]);
  });

  it('lets a relay send again what it was not told about', () => {
    const [first, second, third] = numbered(1, 2, 3) as [Said, Said, Said];
    const repeated = [first, second, again(first), again(second), third];
    expect(checkStreams(repeated, streams(3, 3))).toEqual([]);
  });

  it('finds a loss: in the middle, at the end, and of all there was', () => {
    const loss = (number: number, of: number): object => ({
      kind: 'loss',
      about: '/registrations/one',
      detail: `${number} of ${of} is neither on the topic nor in the outbox`,
    });
    expect(checkStreams(numbered(1, 3), streams(3))).toEqual([loss(2, 3)]);
    expect(checkStreams(numbered(1, 2), streams(3))).toEqual([loss(3, 3)]);
    expect(checkStreams([], streams(1))).toEqual([loss(1, 1)]);
  });

  it('finds a reordering of first occurrences', () => {
    expect(checkStreams(numbered(1, 3, 2), streams(3))).toEqual([
      { kind: 'reordering', about: '/registrations/one', detail: '2 came first after 3' },
    ]);
  });

  it('finds an aggregate in two partitions, where its order cannot be told', () => {
    const [first, second] = numbered(1, 2) as [Said, Said];
    expect(checkStreams([first, { ...second, partition: 1 }], streams(2))).toMatchObject([
      { kind: 'reordering', about: '/registrations/one' },
    ]);
  });

  it('finds a number that was given out twice, and a message under two numbers', () => {
    const [first, second] = numbered(1, 2) as [Said, Said];
    expect(checkStreams([first, { ...again(first), id: 'other' }], streams(1))).toMatchObject([
      { kind: 'double', detail: '1 is both one-1 and other, or one with two contents' },
    ]);
    expect(checkStreams([first, { ...again(first), text: '{}' }], streams(1))).toMatchObject([{ kind: 'double' }]);
    expect(checkStreams([first, { ...second, id: first.id }], streams(2))).toMatchObject([
      { kind: 'double', detail: 'one-1 has the numbers 1 and 2' },
    ]);
  });

  it('finds what the owner does not know of', () => {
    expect(checkStreams(numbered(1, 2), streams(1))).toMatchObject([{ kind: 'difference' }]);
    expect(checkStreams([aMessage('two', 1)], [])).toMatchObject([{ kind: 'difference', about: '/registrations/two' }]);
  });
});
