import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { Problem, unparsable } from './problem';
import { problemBody, problemFrom, sendProblem } from './problem.filter';

const headersTooLarge = new Problem('headersTooLarge', 'headers-too-large', 'The path and headers are too long.');
const tooSlow = new Problem('requestTimeout', 'request-timeout', 'The request did not arrive in time.');
const noHttp = unparsable('request-unparsable', 'The request could not be read as HTTP.');

/** What is not even HTTP has no request and no reply: its answer is written to the socket. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? headersTooLarge
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? tooSlow
        : noHttp;
  if (socket.writable) {
    const body = JSON.stringify(problemBody(problem, randomUUID()));
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\nConnection: close\r\n` +
        `Content-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  socket.destroy();
}

/** What Fastify refuses before it looks for a handler, such as `%zz` in a path. */
export function answerFrameworkError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, problemFrom(error));
}
