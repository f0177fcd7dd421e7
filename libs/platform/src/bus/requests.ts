import { fail, failure, type Result } from '@repartee/contracts';

/** Questions to processes that have no database, as connectors in another language. Asked once, answered or not. */
export abstract class Requests {
  /**
   * @param question what is asked, as `connector.<name>.verify`: the other side subscribes to `repartee-ask.` and this
   * @param data anything JSON can hold
   * @returns the answer, which is of any shape: JSON from another process. Fails with `BUS.NO_ANSWER` where nobody
   *   listens, nobody answers in time or the answer is not JSON; with `BUS.NO_REQUESTS` without NATS
   */
  abstract request(question: string, data: unknown, timeoutMs: number): Promise<Result<unknown>>;
}

/** On one machine there is nobody to ask. */
export class NoRequests extends Requests {
  override async request(question: string): Promise<Result<unknown>> {
    return fail(failure('BUS.NO_REQUESTS', `${question} can be asked only where NATS_URL is set`));
  }
}
