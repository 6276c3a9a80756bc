export type ReportKind = 'live' | 'ready';
/** What is wrong with a `degraded` probe is told with `ready` and is no reason to send the process no requests. */
export type ProbeKind = ReportKind | 'degraded';

/** Answers null when well, or one sentence that says what is wrong. */
export type Probe = () => Promise<string | null> | string | null;

export interface HealthReport {
  /** `degraded`: it serves, though not all of it. */
  status: 'ok' | 'degraded' | 'failing';
  /** Name of each probe with null (well) or what is wrong. */
  checks: Record<string, string | null>;
}

const probeTimeoutMs = 2_000;

/** Parts of a process register what they can say about their own health; the HTTP side only asks. */
export class HealthRegistry {
  private readonly probes: { name: string; kind: ProbeKind; probe: Probe }[] = [];

  register(name: string, probe: Probe, kind: ProbeKind): void {
    this.probes.push({ name, kind, probe });
  }

  async report(kind: ReportKind): Promise<HealthReport> {
    const kinds: readonly ProbeKind[] = kind === 'ready' ? ['ready', 'degraded'] : [kind];
    const asked = this.probes.filter((entry) => kinds.includes(entry.kind));
    const answers = await Promise.all(asked.map(async (entry) => ({ ...entry, answer: await answerOf(entry.probe) })));
    const wrong = answers.filter(({ answer }) => answer !== null);
    const isFailing = wrong.some((entry) => entry.kind === kind);
    return {
      status: isFailing ? 'failing' : wrong.length > 0 ? 'degraded' : 'ok',
      checks: Object.fromEntries(answers.map(({ name, answer }) => [name, answer])),
    };
  }
}

async function answerOf(probe: Probe): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`no answer within ${probeTimeoutMs} ms`);
    }, probeTimeoutMs);
  });
  try {
    return await Promise.race([Promise.resolve().then(probe), tooLate]);
  } catch (error) {
    return error instanceof Error ? error.message : 'the probe failed';
  } finally {
    clearTimeout(timer);
  }
}
