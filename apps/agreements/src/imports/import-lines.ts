import { checkBody, csvLines, type InputLine, ndjsonLines, type UploadedBody } from '@expo-accord/http';
import { type EnteredLine } from './import.entity';
import { type LineBody, type LineShape, type ReadLine } from './importer';

export function refuseLine(
  line: number,
  code: string,
  errors: NonNullable<EnteredLine['errors']>,
  externalRefs: EnteredLine['externalRefs'] = [],
): EnteredLine {
  return { line, externalRefs, outcome: 'refused', code, id: null, errors };
}

/** The lines of an upload, as they arrive: each as JSON. */
export function uploadedLines({ format, text }: UploadedBody, { body, readers }: LineShape): AsyncGenerator<InputLine> {
  return format === 'csv' ? csvLines(text, body, readers) : ndjsonLines(text);
}

/** Everything that can be told from the line alone. */
export function readLine<Body extends LineBody>(
  { body: bodyClass }: LineShape<Body>,
  line: number,
  input: string,
  mayWriteHistory: boolean,
): ReadLine<Body> {
  const refuse = (code: string, pointer: string, detail: string): ReadLine<Body> => ({
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
  const { value: body, errors } = checkBody(bodyClass, value);
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
