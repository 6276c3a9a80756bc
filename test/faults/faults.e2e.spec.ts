import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultReport, runFaults } from './run';

jest.setTimeout(600_000);

/** Has every kind of kill within its first seconds. `npm run faults` goes on for as long as one likes. */
const seed = 9;
const seconds = 20;

describe('a system whose every part is killed, whose connections are cut and delayed', () => {
  const said: string[] = [];
  let folder: string;
  let report: FaultReport;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'expo-accord-faults-'));
    // PostgreSQL may run under an account of its own, which has to get to its own folder inside.
    chmodSync(folder, 0o711);
    report = await runFaults({ seed, seconds, folder, log: (line) => said.push(line) });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing, doubles nothing and reorders nothing', () => {
    expect({ findings: report.findings, said: report.findings.length === 0 ? [] : said }).toEqual({
      findings: [],
      said: [],
    });
  });

  it('was really hit, and really worked', () => {
    const { kills } = report.blows;
    expect(Object.entries(kills).filter(([, count]) => count === 0)).toEqual([]);
    expect(report.messages).toBeGreaterThan(50);
    expect(report.deliveries.webhooks).toBeGreaterThan(0);
    expect(report.deliveries.mails).toBeGreaterThan(0);
  });
});
