import { type CatalogueSnapshot, Slate } from '../domain/index.js';

/** So many are kept: as many as decisions should wait for room under hard caps at a time. Others are made for one decision. */
export const KEPT_SLATES = 128;

/** Slates of the catalogue in force, to be used again. */
export class Slates {
  private wiped: Slate[] = [];

  take(snapshot: CatalogueSnapshot): Slate {
    const slate = this.wiped.pop();
    if (slate?.snapshot === snapshot) return slate;
    // Those of another catalogue are of no use.
    this.wiped = [];
    return new Slate(snapshot);
  }

  /** Gives back a slate whose decision nobody reads any longer. */
  giveBack(slate: Slate): void {
    if (this.wiped.length >= KEPT_SLATES) return;
    slate.wipe();
    this.wiped.push(slate);
  }
}
