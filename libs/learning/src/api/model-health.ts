import { Injectable } from '@nestjs/common';
import {
  areaUnderCurve,
  COUNTS,
  calibrationError,
  calibrationOf,
  maturityOf,
  modelKey,
  modelWords,
  predictorsOf,
  predictorWords,
} from '../domain/index.js';
import { UpdateLog } from '../persistence/index.js';
import { LearningFeed } from './learning-feed.js';

/** Responses that the binning of predictors is made of. */
const RECENT = 5000;

/** Says how well models do. */
@Injectable()
export class ModelHealth {
  constructor(
    private readonly feed: LearningFeed,
    private readonly log: UpdateLog,
  ) {}

  /** A page of models, in the order of their keys. */
  list(limit: number, cursor?: string) {
    const keys = this.feed.state.models.sort();
    const rest = cursor === undefined ? keys : keys.filter((key) => key > cursor);
    const page = rest.slice(0, limit);
    return {
      items: page.map((key) => this.summary(key)),
      nextCursor: rest.length > limit ? page.at(-1)! : null,
    };
  }

  /** How many models there are, and how many of them speak. */
  census(): { known: number; speaking: number } {
    const { state } = this.feed;
    const { models } = state;
    return { known: models.length, speaking: models.filter((key) => state.speakerOf(key) !== COUNTS).length };
  }

  /** All that is known of one model; null when there is none. */
  async describe(offer: string, channel: string) {
    const key = modelKey(offer, channel);
    if (!this.feed.state.models.includes(key)) return null;
    const predictions = this.feed.progress.of(key);
    return {
      ...this.summary(key),
      calibration: calibrationOf(predictions),
      predictors: predictorsOf(await this.log.recent(key, RECENT)).map((predictor) => ({
        ...predictor,
        words: predictorWords(predictor),
      })),
    };
  }

  private summary(key: string) {
    const { state, progress } = this.feed;
    const at = key.lastIndexOf('/');
    const { responses, takeOvers } = state.learner.historyOf(key);
    const speaker = state.speakerOf(key);
    const contenders = state.contendersOf(key);
    const predictions = progress.of(key);
    const positives = predictions.reduce((sum, { reward, weight }) => sum + reward * weight, 0);
    const figures = {
      maturity: maturityOf(responses, positives),
      speaks: speaker !== COUNTS,
      speaker,
      evidence: Math.max(...contenders.map((contender) => contender.evidence)),
      contenders,
      responses,
      restarts: takeOvers,
      auc: areaUnderCurve(predictions),
      calibrationError: calibrationError(calibrationOf(predictions)),
    };
    return {
      offer: key.slice(0, at),
      channel: key.slice(at + 1),
      ...figures,
      positives,
      words: modelWords(figures),
    };
  }
}
