import { isDeepStrictEqual } from 'node:util';
import { type Problem } from '@expo-accord/values';
import { type SignUp } from '../registrations/registration';
import { type AnswerCheck } from './form.rules';

export interface FormVersion {
  readonly version: number;
  /** Null for the form of all categories that have none of their own. */
  readonly category: string | null;
  readonly check: AnswerCheck;
}

export type Answered = Pick<SignUp, 'category' | 'answers' | 'formVersion' | 'historical'>;

/** All versions of the forms of one event, oldest first. None of them ever changes. */
export class FormBook {
  constructor(private readonly versions: readonly FormVersion[]) {}

  /**
   * The version that is answered: the one that was named, or else the newest of its category. History that names none has
   * answered none, and answers that stay as they were still answer what they did.
   */
  versionOf(asked: Answered, found?: Answered): number | null {
    if (found !== undefined && isAsBefore(asked, found)) return found.formVersion;
    const { formVersion: named, category, historical } = asked;
    if (named === null) return historical ? null : (this.#newest(category)?.version ?? null);
    const isCarriedOver = named === found?.formVersion && this.#named(named, category) === undefined;
    return isCarriedOver ? (this.#newest(category)?.version ?? named) : named;
  }

  /** What is wrong with answers to the version that `versionOf` told. Where there is no form nothing is. */
  problemsOf(asked: Answered, found?: Answered): Problem[] {
    const { formVersion, category, answers } = asked;
    if (formVersion === null || this.#newest(category) === undefined) return [];
    if (found !== undefined && isAsBefore(asked, found)) return [];
    const form = this.#named(formVersion, category);
    if (form !== undefined) return form.check(answers);
    const detail = `The form of this category has no such version; the newest is ${String(this.#newest(category)?.version)}.`;
    return [{ pointer: '/formVersion', code: 'form-version-unknown', detail }];
  }

  #newest(category: string): FormVersion | undefined {
    return this.#formsOf(category).at(-1);
  }

  #named(version: number, category: string): FormVersion | undefined {
    return this.#formsOf(category).find((each) => each.version === version);
  }

  /** A category with a form of its own is not asked what all the others are. */
  #formsOf(category: string): readonly FormVersion[] {
    const own = this.versions.filter((each) => each.category === category);
    return own.length > 0 ? own : this.versions.filter((each) => each.category === null);
  }
}

export const noForms = new FormBook([]);

function isAsBefore(asked: Answered, found: Answered): boolean {
  return (
    asked.category === found.category &&
    (asked.formVersion === null || asked.formVersion === found.formVersion) &&
    isDeepStrictEqual(asked.answers, found.answers)
  );
}
