import { HealthRegistry } from './health-registry';

describe('the health registry', () => {
  it('is well while every probe of the kind is', async () => {
    const health = new HealthRegistry();
    health.register('database', () => null, 'ready');
    health.register('relay', () => 'stuck', 'live');
    expect(await health.report('ready')).toEqual({ healthy: true, checks: { database: null } });
    expect(await health.report('live')).toEqual({ healthy: false, checks: { relay: 'stuck' } });
  });

  it('tells what a probe throws', async () => {
    const health = new HealthRegistry();
    health.register('database', async () => Promise.reject(new Error('no connection')), 'ready');
    expect(await health.report('ready')).toEqual({ healthy: false, checks: { database: 'no connection' } });
  });

  it('does not wait for a probe that never answers', async () => {
    jest.useFakeTimers();
    try {
      const health = new HealthRegistry();
      health.register('broker', async () => new Promise<null>(() => undefined), 'ready');
      const report = health.report('ready');
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await report).toEqual({ healthy: false, checks: { broker: 'no answer within 2000 ms' } });
    } finally {
      jest.useRealTimers();
    }
  });
});
