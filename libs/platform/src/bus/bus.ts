import { RpcException } from '@nestjs/microservices';
import type { Transaction } from '../database/index.js';

/** What a publisher says; the bus adds id, source and time and makes it a CloudEvent. */
export interface NewMessage {
  /** The pattern that handlers name in `@EventPattern`, as `delivery.requested`. */
  type: string;
  /** What the message is about, as a delivery's id. Carried along; it promises no order. */
  subject?: string;
  /** Anything JSON can hold. */
  data: unknown;
  /** Not before this moment, in milliseconds of the business clock. At once when absent. */
  availableAt?: number;
  /** W3C trace context of the cause. The current span's when absent. */
  traceparent?: string;
}

/** The durable bus. Every message is handled at least once, by one of the processes that have a handler for its type. */
export abstract class Bus {
  /**
   * Writes the messages in the caller's transaction: they exist when it commits, and never if it does not.
   * One call with many messages is one statement.
   */
  abstract publish(tx: Transaction, messages: NewMessage[]): Promise<void>;
}

/** Thrown by a handler that knows no retry can help: the message becomes a dead letter at once. */
export class PermanentFailure extends RpcException {
  override readonly name = 'PermanentFailure';

  /** @param reason what a person reads in the list of dead letters */
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason);
    if (options?.cause !== undefined) this.cause = options.cause;
  }

  /** Nest's default filter hands on what this returns, so the failure keeps its class. */
  override getError(): this {
    return this;
  }
}
