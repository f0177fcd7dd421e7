import { failure, type Failure } from '@repartee/contracts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemDocument, problemHeaders } from '../problem/problem-document.js';

/** Answers what the router refuses before any hook runs: broken escapes and over-long parameters. */
export function answerFrameworkError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem =
    error.statusCode === 414
      ? failure('HTTP.URI_TOO_LONG', 'a part of the path is too long')
      : failure('HTTP.MALFORMED_URL', 'the path is not validly escaped');
  void reply
    .code(problem.status)
    .headers(problemHeaders(problem))
    .send(Buffer.from(JSON.stringify(problemDocument(problem))));
}

/** Answers what Node's HTTP parser refuses, when nothing but the socket exists yet. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // The caller is gone, or too slow to have sent a request at all: nobody reads an answer. Never 408, which event
  // senders take as a reason to repeat.
  if (error.code === 'ECONNRESET' || error.code === 'ERR_HTTP_REQUEST_TIMEOUT' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = parserFailure(error.code);
  const body = JSON.stringify(problemDocument(problem));
  const headers = {
    ...problemHeaders(problem),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`;
  socket.end([status, ...lines, '', body].join('\r\n'));
}

function parserFailure(code: string | undefined): Failure {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return failure('HTTP.HEADERS_TOO_LARGE', 'the request line and header have more than 16 KB');
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return failure('HTTP.PAYLOAD_TOO_LARGE', 'the chunk extensions are too large');
  }
  return failure('HTTP.MALFORMED_REQUEST', 'the request cannot be read as HTTP');
}
