import { Injectable } from '@nestjs/common';
import { Classifications } from '@repartee/governance';
import type { Transaction } from '@repartee/platform';
import {
  isConclusive,
  modelKey,
  personFeatures,
  rewardOf,
  withStage,
  type Features,
  type FeatureVector,
  type LearningState,
  type Stage,
} from '../domain/index.js';
import { PresentationInbox, type NotedResponse } from '../persistence/index.js';
import { LearningFeed } from './learning-feed.js';
import {
  PropensityModel,
  type PersonalObservation,
  type PropensityInput,
  type PropensityRequest,
} from './propensity-model.js';
import { SmoothedCountsModel } from './smoothed-counts-model.js';

const MINUTE_MS = 60_000;
const LEAST_WEIGHT = 0.01;
/** Classes of data that say who somebody is, or what nobody may be judged by. */
const KEPT_OUT: ReadonlySet<string> = new Set(['identifier', 'contact', 'sensitive']);

/** Propensities from the person: models that have beaten the counts speak, the counts speak for all others. */
@Injectable()
export class ContextualModel extends PropensityModel {
  private readonly mayUse = (trait: string) =>
    !KEPT_OUT.has(this.classifications.current.classOf(['traits', trait]));

  constructor(
    private readonly counts: SmoothedCountsModel,
    private readonly feed: LearningFeed,
    private readonly inbox: PresentationInbox,
    private readonly classifications: Classifications,
  ) {
    super();
  }

  predict(input: PropensityInput): number {
    return this.counts.predict(input);
  }

  get sequence(): number {
    return this.feed.state.sequence;
  }

  predictor(request: PropensityRequest): (input: PropensityInput) => number {
    const { state } = this.feed;
    if (!state.speaks) return (input) => this.counts.predict(input);
    const champions = this.champions(state, request);
    return (input) => champions(input) ?? this.counts.predict(input);
  }

  async recall(
    sequence: number,
    request: PropensityRequest,
  ): Promise<(input: PropensityInput) => number | undefined> {
    return this.champions(await this.feed.stateAt(sequence), request);
  }

  /** What models say that have beaten the counts. */
  private champions(
    state: LearningState,
    request: PropensityRequest,
  ): (input: PropensityInput) => number | undefined {
    const draw = state.drawer(request.seed);
    const vectors = new Map<Stage, FeatureVector>();
    let features: Features | undefined;
    return ({ offer, channel, stage }) => {
      const model = modelKey(offer, channel);
      if (!state.isChampion(model)) return undefined;
      let vector = vectors.get(stage);
      if (vector === undefined) {
        features ??= personFeatures(request.person, request.channel, request.at, this.mayUse);
        vectors.set(stage, (vector = state.prepare(withStage(features, stage))));
      }
      return draw(vector, model);
    };
  }

  async learn(tx: Transaction, observations: readonly PersonalObservation[]): Promise<void> {
    const noted = observations.flatMap((observation) => this.noted(observation));
    await this.counts.learn(tx, observations);
    await this.inbox.note(tx, noted);
  }

  private noted({
    decisionId,
    offer,
    channel,
    stage,
    response,
    display,
  }: PersonalObservation): NotedResponse[] {
    const { objective } = this.feed;
    const credit = rewardOf(objective, response);
    if (credit === null || display === undefined) return [];
    const { person, decidedAt, respondedAt, prior, humanProbability = 1 } = display;
    const wait = isConclusive(response) ? 0 : objective.windowMinutes * MINUTE_MS;
    return [
      {
        decisionId,
        offer,
        profileId: display.profileId,
        model: modelKey(offer, channel),
        features: withStage(personFeatures(person, channel, decidedAt, this.mayUse), stage),
        control: this.counts.predict({ offer, channel, stage, prior }),
        prior: prior ?? null,
        credit,
        weight: Math.min(1, Math.max(LEAST_WEIGHT, humanProbability)),
        dueAt: new Date(respondedAt + wait),
      },
    ];
  }
}
