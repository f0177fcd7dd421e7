import type { Transaction } from '@repartee/platform';
import type { Observation, PersonTraits, Prior, Stage } from '../domain/index.js';

/** What a prediction is asked about. */
export interface PropensityInput {
  offer: string;
  channel: string;
  /** Where this person stands with this offer. */
  stage: Stage;
  /** What the marketer believes of the offer before any evidence. */
  prior?: Prior | undefined;
}

/** One decision, as learning sees it. */
export interface PropensityRequest {
  /** Draws are made from it: the same seed in the same state of learning gives the same propensities. */
  seed: string;
  person: PersonTraits;
  channel: string;
  /** Milliseconds. */
  at: number;
  /** Counts alone are asked, as if no model had beaten them. */
  countsOnly?: boolean;
}

/** The predictors of one moment of the past. */
export type PastPredictors = (request: PropensityRequest) => (input: PropensityInput) => number;

/** The display that a response speaks of, as far as learning wants to know it. */
export interface Display {
  profileId: string | null;
  person: PersonTraits;
  /** When the offer was decided and when the response was given, in milliseconds. */
  decidedAt: number;
  respondedAt: number;
  prior?: Prior | undefined;
  /** The offer's group; it may have an objective of its own. */
  group?: string | null | undefined;
  /** The probability that a person, not a machine, gave the response; 1 unless told. */
  humanProbability?: number | undefined;
}

/** A response with its display. Without it only counts learn. */
export type PersonalObservation = Observation & { display?: Display };

/** How likely a person says yes. Decisioning asks this port; what stands behind it may change. */
export abstract class PropensityModel {
  /**
   * The propensities of one decision: for each offer a probability of a yes, in (0, 1); from memory, without waiting.
   * Valid until the end of the current turn of the event loop.
   */
  abstract predictor(request: PropensityRequest): (input: PropensityInput) => number;

  /** As {@link predictor}, by what is expected instead of a draw: without the optimism that lets the unknown be tried. */
  abstract expectation(request: Omit<PropensityRequest, 'seed'>): (input: PropensityInput) => number;

  /** How far the log of what was learned is applied here: what {@link recall} needs to come to the same predictions. */
  abstract get sequence(): number;

  /**
   * The predictor of a decision as it was when the log was applied up to `sequence`; valid as {@link predictor}'s is. Null
   * when that part of the log has been let go.
   */
  abstract recall(
    sequence: number,
    request: PropensityRequest,
  ): Promise<((input: PropensityInput) => number) | null>;

  /**
   * As {@link recall}, for many decisions whose sequence only rises: the log is gone through once. What it gives holds until
   * it is asked again; null where the log has been let go.
   */
  abstract walk(): (sequence: number) => Promise<PastPredictors | null>;

  /** What is expected of an offer by whom nothing is known; in (0, 1). */
  abstract predict(input: PropensityInput): number;

  /**
   * Learns from responses; durable with the caller's transaction, in the answers of every process within a second.
   * A response that comes twice teaches once.
   */
  abstract learn(tx: Transaction, observations: readonly PersonalObservation[]): Promise<void>;
}
