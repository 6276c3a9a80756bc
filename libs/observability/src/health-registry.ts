export type ProbeKind = 'live' | 'ready';

/** Answers null when well, or one sentence that says what is wrong. */
export type Probe = () => Promise<string | null> | string | null;

export interface HealthReport {
  healthy: boolean;
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

  async report(kind: ProbeKind): Promise<HealthReport> {
    const asked = this.probes.filter((entry) => entry.kind === kind);
    const answers = await Promise.all(asked.map(async ({ name, probe }) => [name, await answerOf(probe)] as const));
    return { healthy: answers.every(([, answer]) => answer === null), checks: Object.fromEntries(answers) };
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
