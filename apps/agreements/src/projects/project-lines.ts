import { checkBody, csvLines, type InputLine, ndjsonLines, readFlag, type UploadedBody } from '@expo-accord/http';
import { CreateProject } from './project.dto';
import { type LineResult } from './project-import.entity';

/** A line that can be entered, or the result that refuses it. */
export type ReadLine = { line: number; body: CreateProject } | { line: number; refused: LineResult };

export function refuseLine(
  line: number,
  code: string,
  errors: NonNullable<LineResult['errors']>,
  externalRefs: LineResult['externalRefs'] = [],
): LineResult {
  return { line, externalRefs, outcome: 'refused', code, projectId: null, errors };
}

const csvReaders = { historical: readFlag, synthetic: readFlag, 'investment.inclusive': readFlag };

/** The projects in an upload, as they arrive: each as JSON. */
export function uploadedProjects({ format, text }: UploadedBody): AsyncGenerator<InputLine> {
  return format === 'csv' ? csvLines(text, CreateProject, csvReaders) : ndjsonLines(text);
}

/** Everything that can be told from the line alone. */
export function readLine(line: number, input: string, mayWriteHistory: boolean): ReadLine {
  const refuse = (code: string, pointer: string, detail: string): ReadLine => ({
    line,
    refused: refuseLine(line, code, [{ pointer, code, detail }]),
  });
  // PostgreSQL keeps no NUL character, neither in text nor in jsonb.
  if (input.includes('\\u0000')) return refuse('unparsable', '', 'The line holds a NUL character.');
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    return refuse('unparsable', '', 'The line is not JSON.');
  }
  const { value: body, errors } = checkBody(CreateProject, value);
  if (errors !== undefined) return { line, refused: refuseLine(line, 'invalid', errors) };
  if (!body.externalRefs?.length) {
    return refuse(
      'external-ref-missing',
      '/externalRefs',
      'A line names its own code, so that it is safe to send again.',
    );
  }
  if (body.historical && !mayWriteHistory) {
    return refuse('scope-missing', '/historical', 'The key lacks the scope history:write.');
  }
  return { line, body };
}
