import { checkBody } from '../validation';
import { type FieldProblem, invalid } from '../problem';
import { pointerToken } from '../unstorable-text';
import { csvRecords } from './csv-records';
import { type InputLine } from './ndjson-lines';

const MOST_COLUMNS = 1_000;
const MOST_STEPS = 16;

/** What a cell means where it is no text; a cell that says something else stays text, and is refused as such. */
export type CellReader = (cell: string) => unknown;

export const readNumber: CellReader = (cell) => (/^-?\d{1,15}$/.test(cell) ? Number(cell) : cell);
export const readFlag: CellReader = (cell) => ({ true: true, false: false })[cell.toLowerCase()] ?? cell;

/**
 * The records of a CSV file as the lines of NDJSON that would say the same. The header names the field of each column,
 * with dots for a field in a field and numbers for items of a list: `person.name.texts.ko`, `externalRefs.0.id`. An empty
 * cell is a field that was left out. A cell beyond the header is the field `column 7`, which nobody knows.
 * @param readers of the columns that are no text; `*` stands for the number of an item: `amounts.*.inclusive`
 * @throws Problem 422 naming the columns that name no field of `bodyClass`, are repeated, or contradict each other
 */
export async function* csvLines(
  text: AsyncIterable<string>,
  bodyClass: new () => object,
  readers: Readonly<Record<string, CellReader>>,
): AsyncGenerator<InputLine> {
  let header: Header | undefined;
  for await (const { line, cells } of csvRecords(text)) {
    if (header === undefined) header = new Header(cells, bodyClass, readers);
    else yield { line, text: JSON.stringify(header.bodyOf(cells)) };
  }
}

type Tree = { [name: string]: unknown };

class Header {
  readonly #columns: readonly { path: readonly string[]; read: CellReader }[];

  constructor(names: readonly string[], bodyClass: new () => object, readers: Readonly<Record<string, CellReader>>) {
    const trimmed = names.map((name) => name.trim());
    this.#columns = trimmed.map((name) => ({
      path: name.split('.'),
      read: readerOf(name.replaceAll(/\.\d+(?=\.|$)/g, '.*'), readers),
    }));
    refuse(contradictions(trimmed));
    refuse(this.#unknown(trimmed, bodyClass));
  }

  bodyOf(cells: readonly string[]): unknown {
    const body = newTree();
    for (const [index, cell] of cells.entries()) {
      if (cell === '') continue;
      const column = this.#columns[index];
      if (column === undefined) body[`column ${index + 1}`] = cell;
      else put(body, column.path, column.read(cell));
    }
    return withLists(body);
  }

  /** What a body with something in every column is told about fields that there are not. */
  #unknown(names: readonly string[], bodyClass: new () => object): FieldProblem[] {
    const { errors = [] } = checkBody(bodyClass, JSON.parse(JSON.stringify(this.bodyOf(names.map(() => '?')))));
    const unknown = errors.filter(({ code }) => code === 'unknown-field').map(({ pointer }) => pointer);
    return names.flatMap((name, index) => {
      const pointer = pointerOf(name);
      if (!unknown.some((field) => pointer === field || pointer.startsWith(`${field}/`))) return [];
      return [{ pointer, code: 'unknown-field', detail: `The name of column ${index + 1}, "${name}", is no field.` }];
    });
  }
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw invalid(problems, 'csv-header-invalid', 'The header of the file is not valid.');
}

const asText: CellReader = (cell) => cell;

const readerOf = (name: string, readers: Readonly<Record<string, CellReader>>): CellReader =>
  (Object.hasOwn(readers, name) ? readers[name] : undefined) ?? asText;

const pointerOf = (name: string): string => name.split('.').reduce((to, step) => `${to}/${pointerToken(step)}`, '');

/** Two columns of one name, a column with no name, and one that another is a part of. */
function contradictions(names: readonly string[]): FieldProblem[] {
  if (names.length > MOST_COLUMNS) {
    return [{ pointer: '', code: 'too-many-columns', detail: `A file has ${MOST_COLUMNS} columns at most.` }];
  }
  return names.flatMap((name, index) => {
    const problem = (code: string, detail: string): FieldProblem[] => [{ pointer: pointerOf(name), code, detail }];
    if (name === '') return [{ pointer: '', code: 'column-unnamed', detail: `Column ${index + 1} has no name.` }];
    if (name.split('.').length > MOST_STEPS) return problem('too-deep', `A name has ${MOST_STEPS} steps at most.`);
    if (names.indexOf(name) < index) return problem('column-repeated', `Two columns are called "${name}".`);
    const part = names.find((other) => other.startsWith(`${name}.`));
    return part === undefined ? [] : problem('column-contradicted', `The column "${part}" is a part of "${name}".`);
  });
}

/** Without a prototype, `__proto__` is a name like any other. */
const newTree = (): Tree => Object.create(null) as Tree;

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const last = path.length - 1;
  let at = tree;
  for (const step of path.slice(0, last)) {
    const inner = at[step];
    at = typeof inner === 'object' && inner !== null ? (inner as Tree) : (at[step] = newTree());
  }
  at[path[last] ?? ''] = value;
}

/** Whatever has numbers for names is a list, without the items that were left out. */
function withLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  for (const [name, inner] of entries) (value as Tree)[name] = withLists(inner);
  return entries.length > 0 && entries.every(([name]) => /^\d+$/.test(name)) ? Object.values(value) : value;
}
