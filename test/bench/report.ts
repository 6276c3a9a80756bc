import Table from 'cli-table3';
import { type Outcome } from './bench';

export interface Row {
  readonly what: string;
  readonly unit: string;
  /** One for each repetition or window. */
  readonly values: readonly number[];
  readonly goal?: string;
}

/** The table, the notes, and as its last line the figures as JSON. */
export function report(name: string, { rows, notes, figures }: Outcome): string {
  const table = new Table({
    head: ['', 'min', 'median', 'max', 'unit', 'goal'],
    colAligns: ['left', 'right', 'right', 'right', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { what, values, unit, goal = '' } of rows) {
    const sorted = values.toSorted((a, b) => a - b);
    const spread = [sorted[0], medianOf(values), sorted.at(-1)].map((value) => shown(value ?? NaN));
    table.push([what, ...spread, unit, goal]);
  }
  return [table.toString(), ...notes, JSON.stringify({ name, ...rounded(figures) })].join('\n');
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

function rounded(figures: Outcome['figures']): Outcome['figures'] {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]),
  );
}

function round(value: number): number {
  return Number(Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
}

function shown(value: number): string {
  return round(value).toLocaleString('en', { maximumFractionDigits: 4 });
}
