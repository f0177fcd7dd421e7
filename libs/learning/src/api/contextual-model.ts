import { Injectable } from '@nestjs/common';
import { Classifications } from '@repartee/governance';
import type { Transaction } from '@repartee/platform';
import {
  aimOf,
  COUNTS,
  isConclusive,
  judgedAfter,
  laterAimOf,
  modelKey,
  personFeatures,
  rewardOf,
  withStage,
  type Aim,
  type Features,
  type FeatureVector,
  type LearningState,
  type Stage,
} from '../domain/index.js';
import { EvidenceStore, PresentationInbox, type NotedResponse } from '../persistence/index.js';
import { LearningFeed } from './learning-feed.js';
import {
  PropensityModel,
  type PastPredictors,
  type PersonalObservation,
  type PropensityInput,
  type PropensityRequest,
} from './propensity-model.js';

const MINUTE_MS = 60_000;
const LEAST_WEIGHT = 0.01;
/** Classes of data that say who somebody is, or what nobody may be judged by. */
const KEPT_OUT: ReadonlySet<string> = new Set(['identifier', 'contact', 'sensitive']);

/** One speaker of one decision, and the person as it sees them where they stand. */
interface Voice {
  draw: (prepared: FeatureVector, model: string) => number;
  vectors: Map<Stage, FeatureVector>;
}

/** Propensities from the person: models that have beaten the counts speak, the counts speak for all others. */
@Injectable()
export class ContextualModel extends PropensityModel {
  private readonly mayUse = (trait: string) =>
    !KEPT_OUT.has(this.classifications.current.classOf(['traits', trait]));

  constructor(
    private readonly feed: LearningFeed,
    private readonly evidence: EvidenceStore,
    private readonly inbox: PresentationInbox,
    private readonly classifications: Classifications,
  ) {
    super();
  }

  predict(input: PropensityInput): number {
    return countsOf(this.feed.state, input);
  }

  get sequence(): number {
    return this.feed.state.sequence;
  }

  predictor(request: PropensityRequest): (input: PropensityInput) => number {
    return this.predictorOf(this.feed.state, request);
  }

  expectation(request: Omit<PropensityRequest, 'seed'>): (input: PropensityInput) => number {
    const { state } = this.feed;
    return this.scorer(state, request, (speaker) => state.expecter(speaker));
  }

  async recall(
    sequence: number,
    request: PropensityRequest,
  ): Promise<((input: PropensityInput) => number) | null> {
    const state = await this.feed.stateAt(sequence);
    return state && this.predictorOf(state, request);
  }

  walk(): (sequence: number) => Promise<PastPredictors | null> {
    const walk = this.feed.walk();
    return async (sequence) => {
      const state = await walk(sequence);
      return state && ((request) => this.predictorOf(state, request));
    };
  }

  private predictorOf(state: LearningState, request: PropensityRequest): (input: PropensityInput) => number {
    if (!state.speaks || request.countsOnly === true) return (input) => countsOf(state, input);
    return this.scorer(state, request, (speaker) => state.drawer(speaker, request.seed));
  }

  /** Models that have beaten the counts speak, for all others the counts. */
  private scorer(
    state: LearningState,
    request: Omit<PropensityRequest, 'seed'>,
    voiceOf: (speaker: string) => Voice['draw'],
  ): (input: PropensityInput) => number {
    const voices = new Map<string, Voice>();
    let features: Features | undefined;
    return (input) => {
      const { offer, channel, stage } = input;
      const model = modelKey(offer, channel);
      const speaker = state.speakerOf(model);
      if (speaker === COUNTS) return countsOf(state, input);
      let voice = voices.get(speaker);
      if (voice === undefined) voices.set(speaker, (voice = { draw: voiceOf(speaker), vectors: new Map() }));
      let vector = voice.vectors.get(stage);
      if (vector === undefined) {
        features ??= personFeatures(request.person, request.channel, request.at, this.mayUse);
        vector = state.prepare(speaker, withStage(features, stage));
        voice.vectors.set(stage, vector);
      }
      return voice.draw(vector, model);
    };
  }

  async learn(tx: Transaction, observations: readonly PersonalObservation[]): Promise<void> {
    const credited = observations.flatMap((observation) => {
      const aim = aimOf(this.feed.objective, observation.offer, observation.display?.group);
      const credit = rewardOf(aim, observation.response);
      return credit === null ? [] : [{ observation, aim, credit }];
    });
    await this.evidence.add(
      tx,
      credited.map(({ observation, credit }) => ({ ...observation, credit })),
    );
    await this.inbox.note(
      tx,
      credited.flatMap(({ observation, aim, credit }) => this.noted(observation, aim, credit)),
    );
  }

  private noted(
    { decisionId, offer, channel, stage, response, display }: PersonalObservation,
    aim: Aim,
    credit: number,
  ): NotedResponse[] {
    if (display === undefined) return [];
    const { person, decidedAt, respondedAt, prior, humanProbability = 1 } = display;
    const wait = isConclusive(aim, response) ? 0 : aim.windowMinutes * MINUTE_MS;
    const later = laterAimOf(aim);
    return [
      {
        decisionId,
        offer,
        profileId: display.profileId,
        model: modelKey(offer, channel),
        features: withStage(personFeatures(person, channel, decidedAt, this.mayUse), stage),
        control: this.predict({ offer, channel, stage, prior }),
        prior: prior ?? null,
        credit,
        weight: Math.min(1, Math.max(LEAST_WEIGHT, humanProbability)),
        dueAt: new Date(respondedAt + wait),
        shownAt: new Date(decidedAt),
        later,
        judgedAt: later && new Date(decidedAt + judgedAfter(later) * MINUTE_MS),
      },
    ];
  }
}

function countsOf({ counts }: LearningState, { offer, channel, stage, prior }: PropensityInput): number {
  return counts.predict(offer, channel, stage, prior);
}
