import { Injectable } from '@nestjs/common';
import type { Cutoff, RetainedKind } from '../domain/index.js';

/** Something a scope keeps, which rules may end. */
export abstract class Retained {
  abstract readonly kind: RetainedKind;

  /** How many records a rule concerns now. */
  abstract count(cutoff: Cutoff): Promise<number>;

  /**
   * Removes at most so many of them, in statements that hold no lock for long. Safe in several processes at once.
   * @returns how many; fewer than `limit` when nothing more is left
   */
  abstract remove(cutoff: Cutoff, limit: number): Promise<number>;
}

/** Everything that rules of retention may end. */
@Injectable()
export class RetainedData {
  private readonly byKind = new Map<RetainedKind, Retained>();

  register(retained: Retained): void {
    this.byKind.set(retained.kind, retained);
  }

  of(kind: RetainedKind): Retained | undefined {
    return this.byKind.get(kind);
  }
}
