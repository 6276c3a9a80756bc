import { lookup as resolve } from 'node:dns';
import { type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import { literalAddressOf } from './address.rules';

const CONNECTIONS_PER_ORIGIN = 8;
const LONGEST_ANSWER_BYTES = 16_384;

export interface WebhookClientOptions {
  /** Judges each IP address before it is connected to. */
  mayReach: (address: string) => boolean;
  /** From the first byte of the connection to the status line of the answer. */
  timeoutMs: number;
}

class AddressNotAllowed extends Error {
  readonly code = 'EADDRNOTALLOWED';

  constructor() {
    super('The address is not a public one');
  }
}

type MayReach = WebhookClientOptions['mayReach'];

/** Judges every address of a name at the moment of connecting, so that a name cannot change its mind after a check. */
function guardedLookup(mayReach: MayReach): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      // Whatever its types say, Node hands over no list with an error; and what is thrown here ends the process.
      const [first] = error === null ? addresses : [];
      if (error !== null || first === undefined) callback(error ?? new AddressNotAllowed(), []);
      else if (!addresses.every(({ address }) => mayReach(address))) callback(new AddressNotAllowed(), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** An address that is written out is never looked up, so it is judged here. */
function guardedConnector(timeout: number, mayReach: MayReach): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: guardedLookup(mayReach), port: 0 });
  return (options, callback) => {
    const literal = literalAddressOf(options.hostname);
    if (literal !== null && !mayReach(literal)) callback(new AddressNotAllowed(), null);
    else connect(options, callback);
  };
}

/** Posts to addresses that strangers chose: no redirects, no address that was not judged, and the answer's body is not kept. */
export class WebhookClient {
  readonly #agent: Agent;
  readonly #stop = new AbortController();

  constructor(private readonly options: WebhookClientOptions) {
    const { timeoutMs, mayReach } = options;
    this.#agent = new Agent({
      connections: CONNECTIONS_PER_ORIGIN,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: guardedConnector(timeoutMs, mayReach),
    });
  }

  /** The status of the answer. */
  async post(url: string, headers: Record<string, string>, payload: string): Promise<number> {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers,
      body: payload,
      dispatcher: this.#agent,
      signal: AbortSignal.any([AbortSignal.timeout(this.options.timeoutMs), this.#stop.signal]),
    });
    // The status says it all; a body that never ends must not hold up the next delivery.
    void body.dump({ limit: LONGEST_ANSWER_BYTES }).catch(() => undefined);
    return statusCode;
  }

  /** Whether `abort` is why a request failed. */
  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  abort(): void {
    this.#stop.abort();
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
