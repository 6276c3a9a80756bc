import { checkBody, type FieldProblem, type InputLine, invalid, ndjsonLines, Problem } from '@expo-accord/http';
import { checkExternalRef, type ExternalRef, within } from '@expo-accord/values';
import { type RecordBody } from '../records/record.dto';
import { type LineResult } from './master-import.dto';
import { type MasterEntity } from './master.entity';
import { type MasterResource } from './master-resource';

const mostLines = 2_000;
const mostCharacters = 8 * 1024 * 1024;

/** All lines, before anything is entered: an upload that breaks off, or is too long, leaves nothing behind. */
export async function linesOf(body: AsyncIterable<string>): Promise<InputLine[]> {
  const lines: InputLine[] = [];
  let characters = 0;
  for await (const line of ndjsonLines(body)) {
    lines.push(line);
    characters += line.text.length;
    if (lines.length > mostLines || characters > mostCharacters) {
      const detail = `An import has ${mostLines} lines and ${mostCharacters} characters at most; send it in parts.`;
      throw new Problem('tooLarge', 'import-too-large', detail);
    }
  }
  if (lines.length === 0) throw invalid([{ pointer: '', code: 'no-lines', detail: 'The body has no lines.' }]);
  return lines;
}

/** A line that can be entered, or the result that refuses it. */
export type ReadLine<B> = { body: B; parentRef?: ExternalRef } | { refused: LineResult };

/** Everything that can be told from the line alone. */
export function readLine<B extends RecordBody, E extends MasterEntity>(
  { body: bodyClass, columns }: MasterResource<B, E>,
  { line, text }: InputLine,
): ReadLine<B> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: refusedLine(line, [], 'unparsable', [problem('unparsable', '', 'The line is not JSON.')]) };
  }
  const { given, parentRef } = 'parentId' in columns ? apart(value) : { given: value };
  const { value: body, errors = [] } = checkBody(bodyClass, given);
  if (parentRef !== undefined) errors.push(...parentProblems(parentRef, body));
  if (body === undefined || errors.length > 0) return { refused: refusedLine(line, [], 'invalid', errors) };
  if (!body.externalRefs?.length) {
    const detail = 'A line names its own code, so that it is safe to send again.';
    const missing = problem('external-ref-missing', '/externalRefs', detail);
    return { refused: refusedLine(line, [], missing.code, [missing]) };
  }
  return parentRef === undefined ? { body } : { body, parentRef: parentRef as ExternalRef };
}

/** Beyond what a POST takes, a line names its parent by a code: whoever writes the file knows no ids yet. */
function apart(value: unknown): { given: unknown; parentRef?: unknown } {
  if (typeof value !== 'object' || value === null || !('parentRef' in value)) return { given: value };
  const { parentRef, ...given } = value;
  return { given, parentRef };
}

function parentProblems(parentRef: unknown, body: RecordBody & { parentId?: string | null } = {}): FieldProblem[] {
  if (body.parentId !== undefined) {
    return [problem('one-parent', '/parentRef', 'A line names its parent by parentId or by parentRef.')];
  }
  return within('/parentRef', checkExternalRef(parentRef));
}

export function refusedLine(
  line: number,
  externalRefs: ExternalRef[],
  code: string,
  errors: FieldProblem[],
  id: string | null = null,
): LineResult {
  return { line, externalRefs, outcome: 'refused', code, id, errors };
}

export function problem(code: string, pointer: string, detail: string): FieldProblem {
  return { pointer, code, detail };
}
