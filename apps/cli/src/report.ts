import Table from 'cli-table3';

/** What a command has to say: once for people, once for programs. */
export interface Report {
  readonly text: string;
  readonly json: object;
  /** Whether something is not as it should be, which the exit code tells. */
  readonly hasFindings: boolean;
}

/** Told once a command has come to an answer. */
export type Tell = (report: Report) => void;

type Cell = string | number | Date | null | undefined;

/** A table for people; numbers stand to the right, what is not there is a dash. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = head.map(
    (_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number' || row[at] === null),
  );
  const drawn = new Table({
    head: [...head],
    colAligns: isNumeric.map((numeric) => (numeric ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  drawn.push(...rows.map((row) => row.map(shown)));
  return drawn.toString();
}

function shown(cell: Cell): string {
  if (cell === null || cell === undefined) return '–';
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

/** `3 findings`, `1 finding`, `no finding`. */
export function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 || count === 0 ? '' : 's'}`;
}
