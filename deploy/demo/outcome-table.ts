import { describeQuantity, type Quantity } from '@expo-accord/values';
import Table from 'cli-table3';
import { type FactCount } from './reports/replay';
import { type Outcome, type Statistics } from './outcome';

/** Prints what came of the replay: two series, never mixed, then what was said and who was told. */
export function printOutcome(outcome: Outcome): void {
  console.log('\nThe report’s series (reported figures; nothing of it was counted here)');
  console.log(statisticsTable(outcome.reports));
  console.log('\nThe simulation (synthetic; computed from messages alone)');
  console.log(statisticsTable(outcome.simulation));
  console.log('\nMessages on Kafka, by type');
  console.log(countTable(outcome.messages.countsByType));
  console.log('\nWebhooks delivered, by type');
  console.log(countTable(outcome.webhooks));
  console.log(`\nFacts of the reports, each entered and read back, in ${outcome.itemCount} items`);
  console.log(factTable(outcome.factCounts));
  console.log(`\nMails sent: ${outcome.mails}.`);
}

function statisticsTable({ rows }: Statistics): string {
  const table = new Table({ head: ['metric', 'computed', 'reported'], style: { head: [], border: [] } });
  for (const { metric, computed, reported } of rows) {
    if (computed === null && reported.length === 0) continue;
    table.push([metric, figure(computed), reported.map(reportedFigure).join('\n') || '–']);
  }
  return table.toString();
}

function factTable(counts: readonly FactCount[]): string {
  const table = new Table({
    head: ['report', 'events', 'agreements'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { report, events, agreements } of counts) table.push([report, events, agreements]);
  const sum = (owner: 'events' | 'agreements'): number => counts.reduce((total, count) => total + count[owner], 0);
  table.push(['all', sum('events'), sum('agreements')]);
  return table.toString();
}

function figure(quantity: Record<string, unknown> | null): string {
  return quantity === null ? '–' : grouped(describeQuantity(quantity as unknown as Quantity));
}

function reportedFigure(reported: Record<string, unknown>): string {
  const itemised = typeof reported.itemised === 'string' ? ` (${reported.itemised} itemised)` : '';
  const certainty = reported.certainty === 'inferred' ? ` (inferred: ${String(reported.because)})` : '';
  return `${figure(reported)}${itemised}${certainty}`;
}

function countTable(counts: Map<string, number>): string {
  const table = new Table({ head: ['type', 'count'], colAligns: ['left', 'right'], style: { head: [], border: [] } });
  for (const [type, count] of [...counts].sort()) table.push([type, count.toLocaleString('en')]);
  return table.toString();
}

/** Thousands set apart in the text, not by a float. */
function grouped(text: string): string {
  return text.replace(/\d{5,}/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
}
