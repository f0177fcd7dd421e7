import { joinLevels, type Level, levelOf, NONE } from './decay.js';
import type { Counter, HalfLives } from './settings.js';
import type { Signal } from './signals.js';

/** A count of one item, or of two together. */
export interface Tallied {
  counter: Counter;
  item: string;
  other: string | null;
  level: Level;
}

/** Adds signals up, each kind of them by its own half-life. In whatever order and portions they come, the sum is the same. */
export class Tally {
  private readonly sums = new Map<string, Tallied>();

  constructor(private readonly halfLives: HalfLives) {}

  add(signals: readonly Signal[]): void {
    for (const { counter, item, other, weight, at } of signals)
      this.join({ counter, item, other, level: levelOf(weight, at, this.halfLives[counter]) });
  }

  /** Joins a count with what is there. */
  join({ counter, item, other, level }: Tallied): void {
    const key = `${counter}\0${item}\0${other ?? ''}`;
    const before = this.sums.get(key)?.level ?? NONE;
    this.sums.set(key, { counter, item, other, level: joinLevels(before, level) });
  }

  /** Of single items, in an order that all agree on. */
  get singles(): Tallied[] {
    return this.sorted(({ other }) => other === null);
  }

  /** Of two items, seen from both sides. */
  get pairs(): (Tallied & { other: string })[] {
    return this.sorted(({ other }) => other !== null).flatMap((one) => {
      const { counter, item, level } = one;
      const other = one.other!;
      return [
        { counter, item, other, level },
        { counter, item: other, other: item, level },
      ];
    });
  }

  private sorted(which: (one: Tallied) => boolean): Tallied[] {
    return [...this.sums.entries()]
      .filter(([, one]) => which(one))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, one]) => one);
  }
}
