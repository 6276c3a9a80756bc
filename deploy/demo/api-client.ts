import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const awayStatuses = new Set([502, 503, 504]);

/** An answer that says no (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    request: string,
    body: unknown,
  ) {
    super(`${request} was answered ${status} ${code}: ${JSON.stringify(body)}`);
  }
}

export type Json = Record<string, unknown>;

interface Page {
  items: Json[];
  nextCursor: string | null;
}

/** What the demo needs of the public HTTP API: JSON in and out, and patience with what is away or unheard of for a moment. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    private readonly apiKey: string,
    private readonly patienceMs = 60_000,
  ) {}

  get(path: string): Promise<Json> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown = {}): Promise<Json> {
    const text = JSON.stringify(body);
    return this.call('POST', path, () => text, { 'content-type': 'application/json', 'idempotency-key': randomUUID() });
  }

  /** Sends newline-delimited JSON as it is made, so that a file of any length needs no memory. */
  postLines(path: string, lines: () => Iterable<string>): Promise<Json> {
    return this.call('POST', path, () => ReadableStream.from(encoded(lines())), {
      'content-type': 'application/x-ndjson',
      'idempotency-key': randomUUID(),
    });
  }

  async findByRef(resource: string, system: string, id: string): Promise<Json | undefined> {
    const page = (await this.get(`/v1/${resource}?ref=${encodeURIComponent(`${system}:${id}`)}`)) as unknown as Page;
    return page.items[0];
  }

  /** Every item of a list, page by page. */
  async *list(path: string): AsyncGenerator<Json> {
    const separator = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await this.get(`${path}${separator}limit=500${after}`)) as unknown as Page;
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** Tries again while that is worth it; the idempotency key makes a POST take effect once. */
  private async call(
    method: string,
    path: string,
    body?: () => string | ReadableStream,
    headers: Record<string, string> = {},
  ): Promise<Json> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      const response = await fetch(`${this.baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${this.apiKey}`, ...headers },
        ...(body === undefined ? {} : { body: body(), duplex: 'half' as const }),
      }).catch((error: unknown) => error);
      const answered = response instanceof Response;
      if (Date.now() > deadline || (answered && !isWorthAnotherTry(response))) {
        if (answered) return await answerOf(response, `${method} ${path}`);
        throw new Error(`${method} ${path} was not answered`, { cause: response });
      }
      await delay(200);
    }
  }
}

/** Somebody on the way is away, or has not heard yet of what another service was told a moment ago. */
function isWorthAnotherTry({ status, headers }: Response): boolean {
  return awayStatuses.has(status) || (status === 404 && headers.has('retry-after'));
}

async function answerOf(response: Response, request: string): Promise<Json> {
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as Json;
  if (response.ok) return answer;
  const code = typeof answer.code === 'string' ? answer.code : 'unknown';
  throw new ApiProblem(response.status, code, request, answer);
}

function* encoded(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length > 64 * 1024) {
      yield encoder.encode(chunk);
      chunk = '';
    }
  }
  yield encoder.encode(chunk);
}
