import { BaseRpcContext } from '@nestjs/microservices';
import type { Transaction } from '../database/index.js';
import type { ClaimedMessage } from './claimed-message.js';
import { ONCE } from './inbox.js';

/** Which handler of the message's type is asking, from 1, and when. */
export interface Turn {
  part: number;
  now: () => number;
}

/**
 * What a handler may ask through `@Ctx()` beside the event itself. Nest's types want `@EventPattern<string>(…)`
 * on a handler with more parameters than the event.
 */
export class BusContext extends BaseRpcContext<[ClaimedMessage, () => AbortSignal, Turn]> {
  /** Which try this is, from 1. Above 1 an earlier one may have done its work without living to say so. */
  get attempt(): number {
    return this.args[0].attempt;
  }

  /** Aborted when the message was given to another worker or the process waits no longer. */
  get signal(): AbortSignal {
    return this.args[1]();
  }

  /**
   * Makes this handler's work on this message happen once: the message's id commits with the transaction.
   * Where somebody else is at it in an open transaction, this waits for their commit.
   * @returns false when the work was done before, and nothing is left to do
   */
  async once(tx: Transaction): Promise<boolean> {
    const [message, , { part, now }] = this.args;
    return (await tx.query(ONCE, [message.id, part, new Date(now())])).length > 0;
  }
}
