import type { Result } from '@repartee/contracts';

/** Answers one question. What it throws is no answer. */
export type Answerer = (data: unknown) => Promise<unknown>;

/** Questions to other processes, as those that run connectors. Asked once, answered or not. */
export abstract class Requests {
  /**
   * @param question what is asked, as `connector.<name>.receive`. Over NATS the other side subscribes to `repartee-ask.`
   *   and this
   * @param data anything JSON can hold
   * @returns the answer, which is of any shape: JSON from another process. Fails with `BUS.NO_ANSWER` where nobody
   *   listens, nobody answers in time or the answer is not JSON
   */
  abstract request(question: string, data: unknown, timeoutMs: number): Promise<Result<unknown>>;

  /**
   * Answers a question from now on; of several processes that do, one answers. To be called before the bus is listened
   * to, as from `onModuleInit`.
   */
  abstract answer(question: string, answerer: Answerer): void;
}
