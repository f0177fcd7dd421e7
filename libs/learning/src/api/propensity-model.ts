import type { Transaction } from '@repartee/platform';
import type { Observation, Prior, Stage } from '../domain/index.js';

/** What a prediction is asked about. */
export interface PropensityInput {
  offer: string;
  channel: string;
  /** Where this person stands with this offer. */
  stage: Stage;
  /** What the marketer believes of the offer before any evidence. */
  prior?: Prior | undefined;
}

/** How likely a person says yes. Decisioning asks this port; what stands behind it may change. */
export abstract class PropensityModel {
  /** The probability of a yes, in (0, 1); from memory, without waiting. */
  abstract predict(input: PropensityInput): number;

  /**
   * Learns from responses; durable with the caller's transaction, in the answers of this process once it committed.
   * A response that comes twice teaches once.
   */
  abstract learn(tx: Transaction, observations: readonly Observation[]): Promise<void>;
}
