import { FeatureSpace, type Features, type FeatureVector, type StoredFeatureSpace } from './feature-space.js';
import { DEFAULT_SETTINGS, type LearnerSettings } from './learner-settings.js';
import { sigmoid, type LogitModel, type StoredLogitModel } from './logit-model.js';
import { freshComponents, OfferModel, type OfferPrior, type StoredOfferModel } from './offer-model.js';
import type { SeededRandom } from './seeded-random.js';

/** One response of which a model learns. */
export interface LearnerObservation {
  /** The model it is for: an offer, or an offer on a kind of channel. */
  model: string;
  features: Features;
  /** In [0, 1]. */
  reward: number;
  /** How much of an observation it is, in (0, 1]; 1 unless said. */
  weight?: number;
  /** For a model that does not exist yet. */
  prior?: OfferPrior | undefined;
}

/** What one decision draws: with it all offers are scored. */
export interface LearnerDraw {
  readonly component: number;
  /** Standard deviations of optimism. */
  readonly optimism: number;
}

/** What is believed of one offer: the probability of a yes, and what this decision's draw makes of it. */
export interface LearnerScore {
  mean: number;
  draw: number;
}

export interface StoredLearner {
  observations: number;
  space: StoredFeatureSpace;
  evidence: number[];
  shared: StoredLogitModel[];
  models: { key: string; prior: OfferPrior | null; model: StoredOfferModel }[];
}

/**
 * Models of all offers over one feature space. Pure: the state is a function of the observations in their order.
 *
 * Each offer has a Bayesian logistic regression per prior scale; how well each scale has predicted so far decides how often it is
 * drawn (Bayesian model averaging with fading evidence). A draw adds the same |N(0, 1)| posterior deviations to the mean of every
 * offer, as in randomised confidence bounds (Vaswani et al., "Old dog learns new tricks: randomized UCB", AISTATS 2020), which is
 * Thompson sampling with coupled, optimistic draws. A model over the responses to all offers gives new offers their start.
 */
export class Learner {
  private space = new FeatureSpace();
  private readonly models = new Map<string, OfferModel>();
  private readonly priors = new Map<string, OfferPrior | null>();
  private readonly shared: LogitModel[];
  /** Nats of surprise per component, fading. */
  private readonly evidence: Float64Array;
  private readonly shares: Float64Array;
  private readonly losses: Float64Array;
  private count = 0;

  constructor(private readonly settings: LearnerSettings = DEFAULT_SETTINGS) {
    this.shared = freshComponents(settings);
    this.evidence = Float64Array.from(settings.handicaps);
    this.shares = new Float64Array(settings.scales.length);
    this.losses = new Float64Array(settings.scales.length);
    this.share();
  }

  /** Responses learned from. */
  get observations(): number {
    return this.count;
  }

  /** The keys of all models. */
  get keys(): IterableIterator<string> {
    return this.models.keys();
  }

  /** Responses that a model has learned from, and how often it began anew. */
  historyOf(key: string): { responses: number; takeOvers: number } {
    const model = this.models.get(key);
    return { responses: model?.responses ?? 0, takeOvers: model?.takeOvers ?? 0 };
  }

  /** The vector of the features of one decision, for {@link score}; without `into` valid until the next call or {@link learn}. */
  encode(features: Features, into?: FeatureVector): FeatureVector {
    return this.space.encode(features, into);
  }

  /** What one decision draws; the same seed in the same state draws the same. */
  draw(random: SeededRandom): LearnerDraw {
    let left = random.next();
    let component = 0;
    while (component < this.shares.length - 1 && (left -= this.shares[component]!) >= 0) component += 1;
    return { component, optimism: this.settings.exploration * Math.abs(random.gaussian()) };
  }

  /** Scores one offer into `into`. An offer without a model is scored by what all offers have in common. */
  score(vector: FeatureVector, key: string, { component, optimism }: LearnerDraw, into: LearnerScore): void {
    const { floor, youth, warmStart } = this.settings;
    const own = this.models.get(key);
    const model = own?.components[component] ?? this.shared[component]!;
    model.predict(vector);
    const known = own !== undefined || this.count >= warmStart;
    into.mean = within(known ? model.probability : sigmoid(model.prior.intercept), floor);
    const centre = own ? model.logit : model.prior.intercept;
    const spread = own ? model.variance : priorVariance(model, vector);
    const deviations = optimism + youth / Math.sqrt(1 + (own?.responses ?? 0));
    into.draw = within(sigmoid(centre + deviations * Math.sqrt(spread)), floor);
  }

  /**
   * Learns one response.
   * @returns the probability of a yes that it predicted before
   */
  learn({ model: key, features, reward, weight = 1, prior }: LearnerObservation): number {
    const { space, shared, shares, losses, evidence, settings } = this;
    const x = space.observe(features);
    const model = this.models.get(key) ?? this.add(key, prior);
    const predicted = model.learn(x, reward, weight, shares, shared, losses);
    for (const component of shared) {
      component.weigh(x);
      component.take(reward, weight, settings.ageing);
    }
    for (let at = 0; at < evidence.length; at += 1)
      evidence[at] = evidence[at]! * settings.evidenceDecay + losses[at]!;
    this.share();
    this.count += 1;
    return within(predicted, settings.floor);
  }

  store(): StoredLearner {
    return {
      observations: this.count,
      space: this.space.store(),
      evidence: [...this.evidence],
      shared: this.shared.map((component) => component.store()),
      models: [...this.models].map(([key, model]) => ({
        key,
        prior: this.priors.get(key) ?? null,
        model: model.store(),
      })),
    };
  }

  static restore(stored: StoredLearner, settings: LearnerSettings = DEFAULT_SETTINGS): Learner {
    const learner = new Learner(settings);
    learner.count = stored.observations;
    learner.space = FeatureSpace.restore(stored.space);
    learner.evidence.set(stored.evidence);
    learner.shared.forEach((component, at) => component.restore(stored.shared[at]!));
    for (const { key, prior, model } of stored.models) {
      learner.priors.set(key, prior);
      const restored = new OfferModel(settings, prior ?? undefined);
      restored.restore(model);
      learner.models.set(key, restored);
    }
    learner.share();
    return learner;
  }

  private add(key: string, prior: OfferPrior | undefined): OfferModel {
    const model = new OfferModel(this.settings, prior);
    if (this.count >= this.settings.warmStart) model.startFrom(this.shared);
    this.models.set(key, model);
    this.priors.set(key, prior ?? null);
    return model;
  }

  /** exp(−surprise), normalised. */
  private share(): void {
    let least = Infinity;
    for (let at = 0; at < this.evidence.length; at += 1) least = Math.min(least, this.evidence[at]!);
    let sum = 0;
    for (let at = 0; at < this.shares.length; at += 1)
      sum += this.shares[at] = Math.exp(least - this.evidence[at]!);
    for (let at = 0; at < this.shares.length; at += 1) this.shares[at]! /= sum;
  }
}

/** The variance of the logit at x of a model that has learned nothing. */
function priorVariance({ prior }: LogitModel, { values, length }: FeatureVector): number {
  let squares = 0;
  for (let at = 1; at < length; at += 1) squares += values[at]! * values[at]!;
  return prior.interceptVariance + prior.weightVariance * squares;
}

function within(probability: number, floor: number): number {
  return Math.min(1 - floor, Math.max(floor, probability));
}
