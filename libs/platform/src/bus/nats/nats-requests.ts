import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Requests } from '../requests.js';
import { describeError } from '../verdict.js';
import type { NatsLink } from './nats-link.js';
import { ASK_PREFIX } from './subjects.js';

/** Request and reply of core NATS. */
export class NatsRequests extends Requests {
  constructor(private readonly link: Pick<NatsLink, 'up'>) {
    super();
  }

  override async request(question: string, data: unknown, timeoutMs: number): Promise<Result<unknown>> {
    const connection = this.link.up;
    if (!connection) return fail(failure('BUS.NO_ANSWER', `${question}: there is no connection to NATS`));
    try {
      const answer = await connection.request(ASK_PREFIX + question, JSON.stringify(data ?? null), {
        timeout: timeoutMs,
      });
      return ok(answer.json());
    } catch (error) {
      return fail(failure('BUS.NO_ANSWER', `${question}: ${describeError(error)}`));
    }
  }
}
