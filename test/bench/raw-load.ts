import { connect, type Socket } from 'node:net';
import { now } from './latencies';

export interface Answered {
  /** By the number of the request: its status, and how long it took in milliseconds. */
  readonly statuses: Uint16Array;
  readonly latencies: Float64Array;
  /** From the first request sent to the last answer. */
  readonly seconds: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** The whole POST as it travels, so that nothing has to be made while it is measured. */
export function rawPost(url: URL, path: string, headers: Readonly<Record<string, string>>, body: unknown): Buffer {
  const text = Buffer.from(JSON.stringify(body));
  const lines = Object.entries({
    host: url.host,
    'content-type': 'application/json',
    'content-length': String(text.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), text]);
}

/**
 * Sends requests over so many connections, on each one after the other. What comes back is read no further than to its
 * end: the load shares its cores with what it measures, and an HTTP client of use to anybody costs as much as a server.
 */
export class RawLoad {
  private constructor(private readonly sockets: readonly Socket[]) {}

  static async open(url: URL, connections: number): Promise<RawLoad> {
    const opened = Array.from({ length: connections }, async () => {
      const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      return socket;
    });
    return new RawLoad(await Promise.all(opened));
  }

  async send(requests: readonly Buffer[]): Promise<Answered> {
    const statuses = new Uint16Array(requests.length);
    const latencies = new Float64Array(requests.length);
    const startedAt = now();
    const rest = requests.entries();
    await Promise.all(
      this.sockets.map(async (socket) => {
        for (const [at, request] of rest) {
          const sentAt = now();
          statuses[at] = await exchange(socket, request);
          latencies[at] = now() - sentAt;
        }
      }),
    );
    return { statuses, latencies, seconds: (now() - startedAt) / 1_000 };
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

/** @returns the status of the answer */
async function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer: Buffer | undefined;
    const read = (bytes: Buffer): void => {
      answer = answer === undefined ? bytes : Buffer.concat([answer, bytes]);
      if (!isWhole(answer)) return;
      end();
      resolve(Number(answer.toString('latin1', 'HTTP/1.1 '.length, 'HTTP/1.1 200'.length)));
    };
    const broken = (): void => {
      end();
      reject(new Error('The connection ended before the answer did'));
    };
    const end = (): void => {
      socket.off('data', read).off('close', broken);
    };
    socket.on('data', read).on('close', broken);
    socket.write(request);
  });
}

function isWhole(answer: Buffer): boolean {
  const headEnd = answer.indexOf(HEAD_END);
  if (headEnd === -1) return false;
  const head = answer.toString('latin1', 0, headEnd).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return answer.length >= headEnd + HEAD_END.length + Number(length);
  return answer.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
}
