import { actionsOn, maskedAddress, verdictOn } from './delivery.rules';
import { maxAttempts } from './schedule.rules';

describe('what follows from an attempt', () => {
  it('is another one later, as long as the schedule has any', () => {
    const retry = { result: 'retry', code: 'timeout', replyCode: null } as const;
    expect(verdictOn(retry, 1, 1)).toEqual({ status: 'pending', retryInMs: 5_000, exhausted: false });
    expect(verdictOn(retry, maxAttempts, 1)).toEqual({ status: 'failed', retryInMs: null, exhausted: true });
  });

  it.each(['delivered', 'failed', 'dropped'] as const)('is the end when it was %s', (result) => {
    const verdict = verdictOn({ result, code: 'any', replyCode: null }, 1, 1);
    expect(verdict).toEqual({ status: result, retryInMs: null, exhausted: false });
  });
});

it('offers no redelivery to somebody who was erased or whose mail still waits', () => {
  expect(actionsOn('dropped')).toEqual([]);
  expect(actionsOn('waiting')).toEqual([]);
  expect(actionsOn('failed')).toEqual(['redeliver']);
});

it.each([
  ['minsu@expo.example.org', 'm***@e***.org'],
  ['a@localhost', 'a***@l***'],
  ['김@example.kr', '김***@e***.kr'],
])('masks %s as %s', (address, masked) => {
  expect(maskedAddress(address)).toBe(masked);
});
