import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { failure, type Failure } from '@repartee/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { types } from 'node:util';
import { newId } from '../../ids/index.js';
import type { Logger } from '../../telemetry/index.js';
import { ReadyAnswer } from '../idempotency/ready-answer.js';
import { allowedMethods } from './allowed-methods.js';
import { failureOf } from './failure-of.js';
import { problemDocument, problemHeaders } from './problem-document.js';
import { ProblemError } from './problem-error.js';

/** Turns everything that is thrown while a request is answered into an RFC 9457 problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // Message handlers of a hybrid application have a filter of their own.
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers `request` with what `error` says. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (error instanceof ReadyAnswer) {
      error.sendTo(reply);
      return;
    }
    const problem = failureOf(error);
    const shown = problem ?? this.internal(error, request);
    if (problem !== undefined && shown.status >= 500) {
      this.logger.warn(
        `${shown.code} ${shown.detail}`,
        { method: request.method, path: pathOf(request) },
        'Http',
      );
    }
    if (reply.sent || reply.raw.headersSent) {
      // The answer is on its way already: it can only be cut short, so that nobody takes it for whole.
      reply.raw.destroy();
      return;
    }
    if (shown.status === 404 && request.is404 && this.answerWrongMethod(request, reply)) return;
    const headers = error instanceof ProblemError ? error.headers : {};
    send(reply, shown, headers);
  }

  /** Where the path exists for other methods: 405 with `Allow`, and OPTIONS gets the list alone. */
  private answerWrongMethod(request: FastifyRequest, reply: FastifyReply): boolean {
    const allowed = allowedMethods(request);
    if (allowed.length === 0 || allowed.includes(request.method)) return false;
    const allow = { allow: [...allowed, 'OPTIONS'].join(', ') };
    if (request.method === 'OPTIONS') {
      void reply.code(204).headers(allow).send();
      return true;
    }
    send(reply, failure('HTTP.METHOD_NOT_ALLOWED', `${request.method} is not allowed here`), allow);
    return true;
  }

  private internal(error: unknown, request: FastifyRequest): Failure {
    // The caller learns nothing but this id, which finds the line in the log.
    const instance = `urn:uuid:${newId()}`;
    const where = { instance, method: request.method, path: pathOf(request) };
    this.logger.error(`${where.method} ${where.path} failed`, toError(error), where, 'Http');
    return failure('HTTP.INTERNAL', 'The request failed on our side; the failure was logged', {
      extra: { instance },
    });
  }
}

function send(reply: FastifyReply, shown: Failure, headers: Readonly<Record<string, string>>): void {
  void reply
    .code(shown.status)
    .headers({ ...problemHeaders(shown), ...headers })
    // As bytes, since Fastify would add a charset to a text, which this media type does not have.
    .send(Buffer.from(JSON.stringify(problemDocument(shown))));
}

/** The path without its query, which may hold tokens. */
function pathOf(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function toError(error: unknown): Error {
  return types.isNativeError(error) ? error : new Error(`thrown: ${String(error)}`);
}
