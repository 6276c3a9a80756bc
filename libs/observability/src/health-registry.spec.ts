import { HealthRegistry } from './health-registry';

describe('the health registry', () => {
  it('is well while every probe of the kind is', async () => {
    const health = new HealthRegistry();
    health.register('database', () => null, 'ready');
    health.register('relay', () => 'stuck', 'live');
    expect(await health.report('ready')).toEqual({ status: 'ok', checks: { database: null } });
    expect(await health.report('live')).toEqual({ status: 'failing', checks: { relay: 'stuck' } });
  });

  it('is ready, though degraded, while something is wrong that it can do without', async () => {
    const health = new HealthRegistry();
    let broken: string | null = null;
    health.register('database', () => broken, 'ready');
    health.register('documents', () => 'gone', 'degraded');
    expect(await health.report('ready')).toEqual({ status: 'degraded', checks: { database: null, documents: 'gone' } });
    expect(await health.report('live')).toEqual({ status: 'ok', checks: {} });
    broken = 'gone';
    expect(await health.report('ready')).toMatchObject({ status: 'failing' });
  });

  it('tells what a probe throws', async () => {
    const health = new HealthRegistry();
    health.register('database', async () => Promise.reject(new Error('no connection')), 'ready');
    expect(await health.report('ready')).toEqual({ status: 'failing', checks: { database: 'no connection' } });
  });

  it('does not wait for a probe that never answers', async () => {
    jest.useFakeTimers();
    try {
      const health = new HealthRegistry();
      health.register('broker', async () => new Promise<null>(() => undefined), 'ready');
      const report = health.report('ready');
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await report).toEqual({ status: 'failing', checks: { broker: 'no answer within 2000 ms' } });
    } finally {
      jest.useRealTimers();
    }
  });
});
