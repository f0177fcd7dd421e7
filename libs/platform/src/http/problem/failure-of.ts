import { HttpException } from '@nestjs/common';
import { errorEntry, failure, type ErrorCode, type Failure } from '@repartee/contracts';
import { STATUS_CODES } from 'node:http';
import { types } from 'node:util';
import { ProblemError } from './problem-error.js';

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'HTTP.MALFORMED_REQUEST',
  401: 'HTTP.UNAUTHENTICATED',
  403: 'HTTP.FORBIDDEN',
  404: 'HTTP.NOT_FOUND',
  405: 'HTTP.METHOD_NOT_ALLOWED',
  406: 'HTTP.NOT_ACCEPTABLE',
  409: 'HTTP.CONFLICT',
  412: 'HTTP.PRECONDITION_FAILED',
  413: 'HTTP.PAYLOAD_TOO_LARGE',
  414: 'HTTP.URI_TOO_LONG',
  415: 'HTTP.UNSUPPORTED_MEDIA_TYPE',
  422: 'HTTP.REFUSED',
  428: 'HTTP.PRECONDITION_REQUIRED',
  429: 'HTTP.TOO_MANY_REQUESTS',
  431: 'HTTP.HEADERS_TOO_LARGE',
  503: 'HTTP.UNAVAILABLE',
};

/** Whatever was thrown while a request was answered, as a failure; undefined when it is a bug of ours. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof ProblemError) return error.failure;
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error.message);
  const { statusCode, message } = (error ?? {}) as { statusCode?: unknown; message?: unknown };
  // Fastify's own errors and those of the request's stream: below 500 they speak of the request.
  if (types.isNativeError(error) && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return ofStatus(statusCode, String(message));
  }
  return undefined;
}

function ofStatus(status: number, detail: string): Failure | undefined {
  const code = CODE_OF_STATUS[status];
  if (code !== undefined) return failure(code, detail);
  if (status < 400 || status >= 500) return undefined;
  const { title } = errorEntry('HTTP.REFUSED');
  return { code: 'HTTP.REFUSED', status, title: STATUS_CODES[status] ?? title, detail };
}
