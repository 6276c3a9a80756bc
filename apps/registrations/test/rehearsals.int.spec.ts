import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('an import that is only rehearsed', () => {
  it.each(['update', 'skip', 'refuse'])(
    'tells of repeated lines what comes of them when it is meant: onExisting=%s',
    async (onExisting) => {
      const tenant = service.tenant();
      const eventId = await tenant.openEvent();
      const first = Array.from({ length: 500 }, () => signUpBody());
      const other = { ...first[1], mode: 'online' };
      const file = ndjson([...first, first[0], other, other, first[1], first[0]]);
      const outcomes = async (dryRun: boolean): Promise<unknown> => {
        const { body: job } = await tenant.import(eventId, `onExisting=${onExisting}&dryRun=${String(dryRun)}`, file);
        return (await tenant.results(job.id)).slice(500).map(({ outcome, code }) => [outcome, code]);
      };
      const [rehearsed, meant] = [await outcomes(true), await outcomes(false)];
      expect(rehearsed).toEqual(meant);
      expect(await service.db.query('SELECT 1 FROM rehearsed_key')).toEqual([]);
    },
  );

  it('tells so also of what later chunks repeat of each other', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const lines = Array.from({ length: 1_400 }, () => signUpBody());
    const changed = { ...lines[0], economy: 'JP' };
    const file = ndjson([...lines.slice(0, 700), changed, ...lines.slice(700), changed, lines[0]]);
    const outcomes = async (dryRun: boolean): Promise<unknown[]> => {
      const { body: job } = await tenant.import(eventId, `onExisting=update&dryRun=${String(dryRun)}`, file);
      return (await tenant.results(job.id)).map(({ outcome }) => outcome);
    };
    const rehearsed = await outcomes(true);
    expect([rehearsed[700], ...rehearsed.slice(-2)]).toEqual(['updated', 'unchanged', 'updated']);
    expect(rehearsed).toEqual(await outcomes(false));
  });
});
