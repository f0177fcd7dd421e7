import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Requests } from '../requests.js';
import { describeError } from '../verdict.js';
import type { NatsLink } from './nats-link.js';

/** Request and reply of core NATS. */
export class NatsRequests extends Requests {
  constructor(private readonly link: Pick<NatsLink, 'up'>) {
    super();
  }

  override async request(subject: string, data: unknown, timeoutMs: number): Promise<Result<unknown>> {
    const connection = this.link.up;
    if (!connection) return fail(failure('BUS.NO_ANSWER', `${subject}: there is no connection to NATS`));
    try {
      const answer = await connection.request(subject, JSON.stringify(data ?? null), { timeout: timeoutMs });
      return ok(answer.json());
    } catch (error) {
      return fail(failure('BUS.NO_ANSWER', `${subject}: ${describeError(error)}`));
    }
  }
}
