import type { CatalogueSnapshot } from '../domain/index.js';
import type { Snapshots } from './catalogue-compiler.js';

/** The catalogue in force, and what takes its place when its time comes: ready, so that no decision waits for it. */
export class SnapshotTimeline {
  private ahead: readonly CatalogueSnapshot[] = [];

  constructor(private present: CatalogueSnapshot) {}

  get revision(): number {
    return this.present.revision;
  }

  /** What is in force at `now`. */
  at(now: () => number): CatalogueSnapshot {
    return this.ahead.length === 0 ? this.present : this.advance(now());
  }

  /** Takes over a newer revision. */
  install([present, ...ahead]: Snapshots): void {
    if (present.revision <= this.present.revision) return;
    this.present = present;
    this.ahead = ahead;
  }

  /** What was in force of the present revision at a moment; undefined when that is not at hand. */
  recall(revision: number, at: number): CatalogueSnapshot | undefined {
    if (revision !== this.present.revision || at < this.present.from) return undefined;
    return [this.present, ...this.ahead].findLast(({ from }) => from <= at);
  }

  private advance(now: number): CatalogueSnapshot {
    const passed = this.ahead.filter(({ from }) => from <= now);
    this.present = passed.at(-1) ?? this.present;
    if (passed.length > 0) this.ahead = this.ahead.slice(passed.length);
    return this.present;
  }
}
