export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const line = /^(?<name>\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;

/** Reads a page of metrics as Prometheus would. */
export async function scrape(url: string): Promise<Sample[]> {
  const page = await (await fetch(url)).text();
  return page.split('\n').flatMap((text) => {
    const { name = '', labels = '', value = '' } = line.exec(text)?.groups ?? {};
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', found = '']) => [key, found] as const);
    return name === '' ? [] : [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  });
}

/** The sum of what has this name and at least these labels; undefined if nothing has. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const found = samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}
