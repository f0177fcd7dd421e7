/** What the learner is set to. One default serves every stream; nothing is tuned to a data set. */
export interface LearnerSettings {
  /** Prior variances of a weight, one model each; the mixture finds out which fits. In squared logits. */
  readonly scales: readonly number[];
  /** Prior of a model that knows nothing: the mean yes rate and the variance of its logit. */
  readonly priorMean: number;
  readonly biasVariance: number;
  /** Standard deviations that a draw adds to the mean, times |N(0, 1)|. */
  readonly exploration: number;
  /** Standard deviations that an offer without responses is lifted by; after n responses it is 1/√(1 + n) of it. */
  readonly youth: number;
  /** Nats that each mixture component starts behind; in the order of `scales`. */
  readonly handicaps: readonly number[];
  /** Nats of evidence at which a model is suspected to have drifted, and a fresh one is tried beside it. */
  readonly driftThreshold: number;
  /** The factor on the odds of a yes that the drift test looks for, up or down. */
  readonly driftFactor: number;
  /** Responses before a model can be suspected. */
  readonly driftMinimum: number;
  /** Nats by which a fresh model must predict better to take over, and by which it may predict worse before it is given up. */
  readonly takeOver: number;
  readonly giveUp: number;
  /** Share of its prior variance that each weight regains with each response. */
  readonly ageing: number;
  /** How fast old losses fade in the mixture. */
  readonly evidenceDecay: number;
  /** Responses of the whole fleet before new models start from the shared one. */
  readonly warmStart: number;
  /** Probabilities stay within [floor, 1 − floor]. */
  readonly floor: number;
}

export const DEFAULT_SETTINGS: LearnerSettings = {
  scales: [2, 16],
  handicaps: [5, 0],
  priorMean: 0.1,
  biasVariance: 0.3,
  exploration: 0.4,
  youth: 1,
  driftThreshold: 7,
  driftFactor: 2,
  driftMinimum: 30,
  takeOver: 4,
  giveUp: 6,
  ageing: 0,
  evidenceDecay: 0.9995,
  warmStart: 200,
  floor: 0.001,
};
