/** What the demo needs of the public HTTP API: JSON in and out, problems as errors, and patience while a copy is in flight. */
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

export class ApiClient {
  constructor(
    readonly baseUrl: string,
    private readonly apiKey: string,
  ) {}

  get(path: string): Promise<Json> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Json> {
    return this.call('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  /** Sends newline-delimited JSON as it is made, so that a file of any length needs no memory. */
  postLines(path: string, lines: AsyncIterable<string> | Iterable<string>): Promise<Json> {
    return this.call('POST', path, ReadableStream.from(encoded(lines)), { 'content-type': 'application/x-ndjson' });
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

  private async call(
    method: string,
    path: string,
    body?: string | ReadableStream,
    headers: Record<string, string> = {},
  ): Promise<Json> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.apiKey}`, ...headers },
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    });
    const text = await response.text();
    const answer = (text === '' ? {} : JSON.parse(text)) as Json;
    if (!response.ok) {
      const code = typeof answer.code === 'string' ? answer.code : 'unknown';
      throw new ApiProblem(response.status, code, `${method} ${path}`, answer);
    }
    return answer;
  }
}

async function* encoded(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length > 64 * 1024) {
      yield encoder.encode(chunk);
      chunk = '';
    }
  }
  yield encoder.encode(chunk);
}
