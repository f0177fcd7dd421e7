import { BaseRpcContext } from '@nestjs/microservices';
import type { ClaimedMessage } from './claimed-message.js';

/**
 * What a handler may ask through `@Ctx()` beside the event itself. Nest's types want `@EventPattern<string>(…)`
 * on a handler with more parameters than the event.
 */
export class BusContext extends BaseRpcContext<[ClaimedMessage, () => AbortSignal]> {
  /** Which try this is, from 1. Above 1 an earlier one may have done its work without living to say so. */
  get attempt(): number {
    return this.args[0].attempt;
  }

  /** Aborted when the message was given to another worker or the process waits no longer. */
  get signal(): AbortSignal {
    return this.args[1]();
  }
}
