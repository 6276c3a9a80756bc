import { type Problem } from '@expo-accord/values';
import { type ErrorObject, Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { formFormats, readFormSchema, token } from './form-schema.rules';
import { linearPattern } from './linear-pattern.rules';

const MOST_BYTES = 65_536;
const MOST_VALUES = 1_000;
const MOST_PROBLEMS = 100;

/** What is wrong with somebody's answers, with pointers below `/answers`. Tells nothing of what was answered. */
export type AnswerCheck = (answers: unknown) => Problem[];

const options: Options = {
  // Each wrong answer is named; that forms and answers are small keeps this short.
  allErrors: true,
  // What it would only warn of is at most untidy, and the schema is the organiser's.
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  // Or `constructor` would be there in every object.
  ownProperties: true,
  logger: false,
  code: { regExp: Object.assign((pattern: string) => linearPattern(pattern), { code: 'linearPattern' }) },
};

const metaSchema = new Ajv2020(options);

/** What is wrong with a form, with pointers into its schema. */
export function formProblems(schema: unknown): Problem[] {
  const { problems, plain } = readFormSchema(schema);
  if (problems.length > 0) return [...problems];
  if (metaSchema.validateSchema(plain) !== true) return problemsFrom(metaSchema.errors ?? [], '');
  try {
    compiled(plain);
    return [];
  } catch (error) {
    // What its strict mode refuses is told in a sentence alone, with the place in it.
    const why = error instanceof Error ? error.message : 'unknown';
    return [{ pointer: '', code: 'schema-not-usable', detail: `The schema cannot be used: ${why}.` }];
  }
}

/** @param schema one in which `formProblems` finds nothing */
export function answerCheck(schema: unknown): AnswerCheck {
  let validate: ValidateFunction | undefined;
  return (answers) => {
    const tooMuch = tooMuchIn(answers);
    if (tooMuch !== null) return [{ pointer: '/answers', code: 'too-large', detail: tooMuch }];
    validate ??= compiled(readFormSchema(schema).plain);
    return validate(answers) ? [] : problemsFrom(validate.errors ?? [], '/answers');
  };
}

/** In an instance of its own: nothing of one form is there for another. */
function compiled(plain: object): ValidateFunction {
  const ajv = new Ajv2020({ ...options, meta: false, validateSchema: false });
  addFormats(ajv, { formats: [...formFormats] });
  return ajv.compile(plain);
}

function tooMuchIn(answers: unknown): string | null {
  if (valuesIn(answers) > MOST_VALUES) return `Answers to a form may be ${MOST_VALUES} values.`;
  return Buffer.byteLength(JSON.stringify(answers)) > MOST_BYTES ? `Answers may have ${MOST_BYTES} bytes.` : null;
}

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + valuesIn(inner), 1);
}

/** The first that is wrong in each place; of a branch not taken nothing is told beside what is wrong in it. */
function problemsFrom(errors: readonly ErrorObject[], base: string): Problem[] {
  const byPlace = new Map<string, Problem>();
  for (const error of errors) {
    if (error.keyword === 'if' && errors.length > 1) continue;
    const problem = problemFrom(error, base);
    if (!byPlace.has(problem.pointer)) byPlace.set(problem.pointer, problem);
    if (byPlace.size === MOST_PROBLEMS) break;
  }
  return [...byPlace.values()];
}

function problemFrom({ keyword, instancePath, params, message = 'be valid' }: ErrorObject, base: string): Problem {
  const at = `${base}${instancePath}`;
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string };
  if (missingProperty !== undefined) {
    return { pointer: `${at}/${token(missingProperty)}`, code: 'required', detail: 'This field is required.' };
  }
  if (additionalProperty !== undefined) {
    const detail = 'There is no field of this name here.';
    return { pointer: `${at}/${token(additionalProperty)}`, code: 'unknown-field', detail };
  }
  const code = keyword.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`).replaceAll(' ', '-');
  return { pointer: at, code, detail: `This ${message}.` };
}
