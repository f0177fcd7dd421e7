import type { FastifyReply } from 'fastify';
import type { StoredAnswer } from './idempotency-store.js';

/** Thrown before the handler runs, to answer with what was answered before. Not a failure. */
export class ReadyAnswer extends Error {
  constructor(private readonly answer: StoredAnswer) {
    super('answered before');
    this.name = 'ReadyAnswer';
  }

  sendTo(reply: FastifyReply): void {
    const { status, headers, body } = this.answer;
    void reply
      .code(status)
      .headers({ ...headers, 'idempotent-replayed': 'true' })
      .send(body.length > 0 ? body : undefined);
  }
}
