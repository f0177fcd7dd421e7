import type { ConnectorContext, ConnectorDefinition } from '@repartee/connector-sdk';
import type { Action, Outcome } from '@repartee/contracts';

/** Milliseconds in which messages come together: what a lane lets go at once arrives within it. */
const GATHER = 5;

interface Waiting {
  action: Action;
  context: ConnectorContext;
  resolve(outcome: Outcome | undefined): void;
  reject(error: unknown): void;
}

/**
 * Calls a connector for messages that have their turn: one by one, or those of the same moment in one batch where it
 * takes batches. Each message of a batch gets its own outcome; what became of one decides nothing of the others.
 */
export class Deliveries {
  #waiting: Waiting[] = [];

  constructor(private readonly definition: ConnectorDefinition) {}

  /** @returns what the connector answered for this message. Rejects where the call for it failed. */
  send(action: Action, context: ConnectorContext): Promise<Outcome | undefined> {
    if (!this.definition.deliverBatch) return this.one(action, context);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ action, context, resolve, reject });
      if (this.#waiting.length === 1) setTimeout(() => void this.flush(), GATHER);
    });
  }

  private async one(action: Action, context: ConnectorContext): Promise<Outcome | undefined> {
    return this.definition.deliver?.(action, { ...context, idempotencyKey: action.idempotencyKey });
  }

  private async flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const [first] = batch;
    if (!first) return;
    try {
      const outcomes =
        batch.length === 1 ? [await this.one(first.action, first.context)] : await this.many(batch);
      // In order, one for each: with fewer or more nobody knows which is whose.
      if (outcomes?.length !== batch.length) throw new Error('the connector did not answer for each message');
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  private many(batch: readonly Waiting[]): Promise<Outcome[]> | undefined {
    const [first] = batch;
    const actions = batch.map(({ action }) => action);
    return first && this.definition.deliverBatch?.(actions, first.context);
  }
}
