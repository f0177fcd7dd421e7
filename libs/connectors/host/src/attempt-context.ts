import { rejected } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';

/** One try to deliver, as the ledger knows it. */
export interface AttemptContext {
  attemptId: string;
  traceparent?: string;
  /** Whether a turn was taken for it from the host's turns; without, it waits for one for a while. */
  holdsTurn?: boolean;
}

/** Nobody was called, so nothing was sent. */
export function notFound(connector: string): Outcome {
  return rejected('CONNECTOR.NOT_FOUND', { retryable: false, detail: `there is no connector ${connector}` });
}
