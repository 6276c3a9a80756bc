/** The only place where a kind of failure becomes an HTTP status. */
const statusByKind = {
  unparsable: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  requestTimeout: 408,
  conflict: 409,
  preconditionFailed: 412,
  tooLarge: 413,
  unsupportedMediaType: 415,
  invalid: 422,
  preconditionRequired: 428,
  rateLimited: 429,
  headersTooLarge: 431,
  internal: 500,
  badGateway: 502,
  unavailable: 503,
  gatewayTimeout: 504,
} as const;

export type ProblemKind = keyof typeof statusByKind;

/** One thing that is wrong in a request. `pointer` is a JSON pointer into the body ('' is the whole body). */
export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemOptions {
  errors?: FieldProblem[];
  /** Further members of the answer, such as `actions` or `quota`. Never personal data. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
  cause?: unknown;
}

/** A failure that a caller is told about, as RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly errors: FieldProblem[] | undefined;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  /**
   * @param code stable, kebab-case; callers branch on it
   * @param detail one sentence for a person
   */
  constructor(
    readonly kind: ProblemKind,
    readonly code: string,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.errors = options.errors;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return statusByKind[this.kind];
  }
}

/** @param what the resource as a singular noun, for example `registration` */
export function notFound(what: string, id: string): Problem {
  return new Problem('notFound', `${kebab(what)}-not-found`, `There is no ${what} ${id}.`);
}

/**
 * An event that another service may have and has not told of yet: worth asking again in a moment.
 * @param pointer to the field that names it, where it is not named in the path
 */
export function eventNotYetKnown(id: string, pointer?: string): Problem {
  const code = 'event-not-yet-known';
  const detail = `No published event ${id} is known here. A draft is not announced, and a new event takes a moment to arrive.`;
  return new Problem('notFound', code, detail, {
    headers: { 'retry-after': '1' },
    ...(pointer === undefined ? {} : { errors: [{ pointer, code, detail }] }),
  });
}

export function conflict(code: string, detail: string, extra: Record<string, unknown> = {}): Problem {
  return new Problem('conflict', code, detail, { extra });
}

/** An action that the resource's status does not allow; the answer names those it allows now. */
export function actionNotAllowed(action: string, status: string, actions: readonly string[]): Problem {
  const allowed = actions.length === 0 ? 'none' : actions.join(', ');
  const detail = `"${action}" is not possible while the status is ${status}; possible now: ${allowed}.`;
  return conflict('action-not-allowed', detail, { action, currentStatus: status, actions });
}

export function invalid(errors: FieldProblem[], code = 'invalid', detail = 'The request is not valid.'): Problem {
  return new Problem('invalid', code, detail, { errors });
}

/** One wrong field. */
export function invalidField(pointer: string, code: string, detail: string): Problem {
  return invalid([{ pointer, code, detail }]);
}

export function unparsable(code: string, detail: string): Problem {
  return new Problem('unparsable', code, detail);
}

export function forbidden(code: string, detail: string, extra: Record<string, unknown> = {}): Problem {
  return new Problem('forbidden', code, detail, { extra });
}

export function unauthenticated(code: string, detail: string): Problem {
  return new Problem('unauthenticated', code, detail, { headers: { 'www-authenticate': 'Bearer' } });
}

export function unavailable(code: string, detail: string, retryAfterSeconds: number): Problem {
  return new Problem('unavailable', code, detail, { headers: { 'retry-after': String(retryAfterSeconds) } });
}

function kebab(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, '-');
}
