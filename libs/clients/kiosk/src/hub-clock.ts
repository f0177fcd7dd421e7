import type { Surroundings } from './surroundings.js';

/** What is kept of the hub's time while the page is closed; milliseconds. */
export interface KeptTime {
  /** How far the hub's clock is ahead of the device's. */
  offset: number;
  /** The latest time that was seen. */
  latest: number;
}

/**
 * The hub's time on a device whose clock may be wrong or set back. Of two ways to count the later one holds: an offer
 * may end too early by it, never too late.
 */
export class HubClock {
  private anchor: { hub: number; elapsed: number };

  constructor(
    private readonly surroundings: Pick<Surroundings, 'now' | 'elapsed'>,
    private kept: KeptTime = { offset: 0, latest: 0 },
  ) {
    this.anchor = { hub: this.byDevice, elapsed: surroundings.elapsed() };
  }

  /** The hub said what time it is. */
  sync(hub: number): void {
    this.anchor = { hub, elapsed: this.surroundings.elapsed() };
    this.kept = { offset: hub - this.surroundings.now(), latest: hub };
  }

  /** What to keep: time does not go back behind it. */
  keep(): KeptTime {
    this.kept = { ...this.kept, latest: this.now() };
    return this.kept;
  }

  now(): number {
    const elapsed = this.surroundings.elapsed();
    const hub = Math.max(this.byDevice, this.anchor.hub + elapsed - this.anchor.elapsed);
    this.anchor = { hub, elapsed };
    return hub;
  }

  private get byDevice(): number {
    return Math.max(this.surroundings.now() + this.kept.offset, this.kept.latest);
  }
}
