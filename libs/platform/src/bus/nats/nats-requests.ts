import type { NatsConnection } from '@nats-io/transport-node';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Requests, type Answerer } from '../requests.js';
import { describeError } from '../verdict.js';
import type { NatsLink } from './nats-link.js';
import { ASK_PREFIX } from './subjects.js';

/** Of those who answer one question, one gets it. */
const QUEUE = 'repartee';

/** Request and reply of core NATS. */
export class NatsRequests extends Requests {
  constructor(private readonly link: Pick<NatsLink, 'up' | 'onUp'>) {
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

  override answer(question: string, answerer: Answerer): void {
    let subscribed: NatsConnection | undefined;
    this.link.onUp(async (connection) => {
      // A connection that was lost and found keeps its subscriptions.
      if (subscribed === connection) return;
      subscribed = connection;
      connection.subscribe(ASK_PREFIX + question, {
        queue: QUEUE,
        callback: (error, message) => {
          if (error) return;
          void Promise.resolve()
            .then(() => answerer(message.json()))
            .then((answer) => message.respond(JSON.stringify(answer ?? null)))
            // No answer, or nobody there any more to hear it.
            .catch(() => undefined);
        },
      });
    });
  }
}
