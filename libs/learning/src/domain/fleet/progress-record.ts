import type { Prediction } from '../health/index.js';

/** Predictions of each model that are kept. */
const KEPT = 2000;

/** The last predictions of each model, made before it learned what came. */
export class ProgressRecord {
  private readonly predictions = new Map<string, { ring: Prediction[]; next: number }>();

  add(model: string, prediction: Prediction): void {
    let kept = this.predictions.get(model);
    if (kept === undefined) this.predictions.set(model, (kept = { ring: [], next: 0 }));
    kept.ring[kept.next] = prediction;
    kept.next = (kept.next + 1) % KEPT;
  }

  of(model: string): readonly Prediction[] {
    return this.predictions.get(model)?.ring ?? [];
  }
}
