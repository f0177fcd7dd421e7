import { DriftTest, type StoredDriftTest } from './drift-test.js';
import type { FeatureVector } from './feature-space.js';
import type { LearnerSettings } from './learner-settings.js';
import { LogitModel, type LogitPrior, type StoredLogitModel } from './logit-model.js';

export interface StoredOfferModel {
  responses: number;
  takeOvers: number;
  components: StoredLogitModel[];
  drift: StoredDriftTest;
  trial: { components: StoredLogitModel[]; lead: number } | null;
}

/** A fresh model that learns beside a suspected one. */
interface Trial {
  components: LogitModel[];
  /** Nats by which it has predicted better since it began. */
  lead: number;
}

/** What a marketer believes of an offer before any evidence; see `Prior`. */
export interface OfferPrior {
  mean: number;
  strength: number;
}

/** The model of one offer: one posterior per prior scale, and a watch for drift. */
export class OfferModel {
  responses = 0;
  /** How often a fresh model has taken over. */
  takeOvers = 0;
  components: LogitModel[];
  private readonly drift = new DriftTest();
  private trial: Trial | null = null;
  private readonly predictions: Float64Array;

  constructor(
    private readonly settings: LearnerSettings,
    private readonly prior: OfferPrior | undefined,
  ) {
    this.components = freshComponents(settings, prior);
    this.predictions = new Float64Array(settings.scales.length);
  }

  /** Starts from what all offers have in common. A marketer's belief of the mean stays. */
  startFrom(shared: readonly LogitModel[]): void {
    this.components.forEach((component, at) => component.startFrom(shared[at]!, this.prior === undefined));
  }

  /**
   * Learns one response. When the world has changed a fresh model takes over.
   * @param losses receives what each component's surprise adds, in nats
   * @returns the probability of a yes that was predicted
   */
  learn(
    x: FeatureVector,
    reward: number,
    weight: number,
    shares: Float64Array,
    shared: readonly LogitModel[],
    losses: Float64Array,
  ): number {
    const predicted = this.mix(this.components, x, shares);
    for (let at = 0; at < this.predictions.length; at += 1)
      losses[at] = -weight * logLikelihood(this.predictions[at]!, reward);
    const fresh = this.watch(x, predicted, reward, weight, shares, shared);
    this.responses += 1;
    for (const component of this.components) component.take(reward, weight, this.settings.ageing);
    if (fresh) for (const component of fresh) component.take(reward, weight, this.settings.ageing);
    return predicted;
  }

  store(): StoredOfferModel {
    return {
      responses: this.responses,
      takeOvers: this.takeOvers,
      components: this.components.map((component) => component.store()),
      drift: this.drift.store(),
      trial: this.trial && {
        components: this.trial.components.map((component) => component.store()),
        lead: this.trial.lead,
      },
    };
  }

  restore({ responses, takeOvers, components, drift, trial }: StoredOfferModel): void {
    this.responses = responses;
    this.takeOvers = takeOvers;
    this.components.forEach((component, at) => component.restore(components[at]!));
    this.drift.restore(drift);
    this.trial = trial && { components: freshComponents(this.settings, this.prior), lead: trial.lead };
    this.trial?.components.forEach((component, at) => component.restore(trial!.components[at]!));
  }

  /** The probability of a yes over all components, into `predictions` one by one; they are ready to learn what comes. */
  private mix(components: readonly LogitModel[], x: FeatureVector, shares: Float64Array): number {
    let mixed = 0;
    for (let at = 0; at < components.length; at += 1) {
      const component = components[at]!;
      component.weigh(x);
      this.predictions[at] = component.probability;
      mixed += shares[at]! * component.probability;
    }
    return mixed;
  }

  /** Watches for drift; answers the components of a trial under way, weighed. */
  private watch(
    x: FeatureVector,
    predicted: number,
    reward: number,
    weight: number,
    shares: Float64Array,
    shared: readonly LogitModel[],
  ): readonly LogitModel[] | null {
    const { settings, trial } = this;
    if (trial === null) {
      if (!this.drift.observe(predicted, reward, weight, settings)) return null;
      this.trial = this.begin(shared);
      this.mix(this.trial.components, x, shares);
      return this.trial.components;
    }
    const fresh = this.mix(trial.components, x, shares);
    trial.lead += weight * (logLikelihood(fresh, reward) - logLikelihood(predicted, reward));
    if (trial.lead < -settings.giveUp) this.trial = null;
    if (trial.lead <= settings.takeOver) return this.trial && trial.components;
    this.components = trial.components;
    this.trial = null;
    this.takeOvers += 1;
    return null;
  }

  private begin(shared: readonly LogitModel[]): Trial {
    const components = freshComponents(this.settings, this.prior);
    components.forEach((component, at) => component.startFrom(shared[at]!, true));
    return { components, lead: 0 };
  }
}

/** One model per prior scale. */
export function freshComponents(settings: LearnerSettings, belief?: OfferPrior): LogitModel[] {
  const mean = belief?.mean ?? settings.priorMean;
  const variance = belief ? 1 / (belief.strength * mean * (1 - mean)) : settings.biasVariance;
  return settings.scales.map((weightVariance) => {
    const prior: LogitPrior = {
      intercept: Math.log(mean / (1 - mean)),
      interceptVariance: Math.min(settings.biasVariance, variance),
      weightVariance,
    };
    return new LogitModel(prior);
  });
}

/** Of a reward in [0, 1] under a probability. */
function logLikelihood(probability: number, reward: number): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  return reward * Math.log(p) + (1 - reward) * Math.log(1 - p);
}
