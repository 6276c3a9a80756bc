import { Logger } from '@nestjs/common';
import { WorkLoop, type WorkLoopOptions } from './work-loop';

const HOUR_MS = 3_600_000;

describe('a loop that looks for work', () => {
  const loops: WorkLoop[] = [];
  /** What each look for work answers or throws in its turn; false once there is no more. */
  let answers: (boolean | Error)[];
  /** When each look began, in ms since the loop was started. */
  let looks: number[];
  let logged: unknown[];

  beforeEach(() => {
    jest.useFakeTimers();
    answers = [];
    looks = [];
    logged = [];
    jest.spyOn(Logger.prototype, 'error').mockImplementation((line) => logged.push(line));
  });

  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function started(options: Partial<WorkLoopOptions> = {}): WorkLoop {
    const startedAt = Date.now();
    const work = (): Promise<boolean> => {
      looks.push(Date.now() - startedAt);
      const answer = answers.shift() ?? false;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    const loop = new WorkLoop({ name: 'Counting', work, restMs: HOUR_MS, ...options });
    loops.push(loop);
    loop.start();
    return loop;
  }

  /** A piece of work that goes on until it is ended. */
  function longWork(): { work: () => Promise<boolean>; end: (mayBeMore: boolean) => void } {
    let end: (mayBeMore: boolean) => void = () => undefined;
    const work = (): Promise<boolean> => {
      looks.push(0);
      return new Promise((resolve) => {
        end = resolve;
      });
    };
    return {
      work,
      end: (mayBeMore) => {
        end(mayBeMore);
      },
    };
  }

  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('goes on at once while there may be more, and then rests', async () => {
    answers = [true, true];
    started();
    await pass(HOUR_MS - 1);
    expect(looks).toEqual([0, 0, 0]);
    await pass(1);
    expect(looks).toEqual([0, 0, 0, HOUR_MS]);
  });

  it('rests longer each time there is nothing, and shortly again after there was something', async () => {
    answers = [false, false, false, false, true];
    started({ firstRestMs: 20, restMs: 100 });
    await pass(400);
    expect(looks).toEqual([0, 20, 60, 140, 240, 240, 260, 300, 380]);
  });

  it('looks at once when it is rung while it rests', async () => {
    const loop = started();
    await pass(10);
    loop.ring();
    await pass(0);
    expect(looks).toEqual([0, 10]);
  });

  it('looks once more when it is rung while it works, however often', async () => {
    const { work, end } = longWork();
    const loop = started({ work });
    loop.ring();
    loop.ring();
    end(false);
    await pass(0);
    expect(looks).toHaveLength(2);
    end(false);
    await pass(HOUR_MS - 1);
    expect(looks).toHaveLength(2);
    end(false);
  });

  it('rests after it failed, says so without quoting the database, and goes on', async () => {
    answers = [Object.assign(new Error('Key (email)=(minsu@example.org) exists'), { code: '23505' })];
    started();
    await pass(HOUR_MS);
    expect(looks).toEqual([0, HOUR_MS]);
    expect(logged).toMatchObject([{ message: 'Counting failed', error: { code: '23505' } }]);
    expect(JSON.stringify(logged)).not.toContain('minsu');
  });

  it('ends when the work in hand is done, which can know, and begins no other', async () => {
    const { work, end } = longWork();
    const loop = started({ work });
    let isOver = false;
    const stopped = loop.stop().then(() => {
      isOver = true;
    });
    await pass(HOUR_MS);
    expect([isOver, loop.isStopping]).toEqual([false, true]);
    end(true);
    await stopped;
    loop.ring();
    await pass(HOUR_MS);
    expect(looks).toHaveLength(1);
  });

  it('ends at once while it rests', async () => {
    const loop = started();
    await pass(10);
    await loop.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('complains of work that does not end, and not of rest', async () => {
    const resting = started();
    const { work, end } = longWork();
    const working = started({ work });
    await pass(61_000);
    expect(resting.complaint(60_000)).toBeNull();
    expect(working.complaint(120_000)).toBeNull();
    expect(working.complaint(60_000)).toBe('Counting has not come to an end for 61 s');
    end(false);
    await pass(0);
    expect(working.complaint(60_000)).toBeNull();
  });
});
