/** On a clock that all processes of this machine share, in milliseconds. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What has no time, because it did not arrive, is left out by both. */
export function differences(from: Float64Array, to: Float64Array): Float64Array {
  return to.map((time, at) => time - (from[at] ?? NaN)).filter((latency) => !Number.isNaN(latency));
}

/** By the nearest rank; NaN of nothing. */
export function percentile(latencies: Float64Array, percent: number): number {
  const sorted = latencies.toSorted();
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

/** The same percentile of so many consecutive parts. */
export function percentileByPart(latencies: Float64Array, percent: number, parts: number): number[] {
  const size = Math.ceil(latencies.length / parts);
  return Array.from({ length: parts }, (_, part) =>
    percentile(latencies.subarray(part * size, (part + 1) * size), percent),
  );
}
