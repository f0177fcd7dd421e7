import type { MessageClass } from '@repartee/contracts';

/** A message that could leave now. */
export interface Waiting {
  id: string;
  class: MessageClass;
  origin: string;
}

/**
 * Whose turn it is: transactional messages before marketing, and among those of a class each origin the same share,
 * however many messages it has waiting. Start-time fair queueing with messages of one size (Goyal, Vin and Cheng, 1996):
 * an origin's tag grows with each message that leaves; the lowest tag is next; who comes back starts at the present.
 */
export class FairShare {
  private readonly tags = new Map<string, number>();
  private present = 0;

  /**
   * Takes up to `count` messages out of those that wait.
   * @param waiting of each origin the oldest first
   */
  choose<W extends Waiting>(waiting: readonly W[], count: number): W[] {
    const marketing = waiting.filter((one) => one.class === 'marketing');
    const urgent = waiting.filter((one) => one.class !== 'marketing');
    const first = this.share(urgent, count);
    return [...first, ...this.share(marketing, count - first.length)];
  }

  private share<W extends Waiting>(waiting: readonly W[], count: number): W[] {
    const lines = new Map<string, W[]>();
    for (const one of waiting) {
      const line = lines.get(one.origin);
      if (line) line.push(one);
      else lines.set(one.origin, [one]);
    }
    const chosen: W[] = [];
    while (chosen.length < count && lines.size > 0) {
      const origin = this.next(lines.keys());
      const line = lines.get(origin) ?? [];
      chosen.push(...line.splice(0, 1));
      if (line.length === 0) lines.delete(origin);
    }
    for (const [origin, tag] of this.tags) if (tag <= this.present) this.tags.delete(origin);
    return chosen;
  }

  private next(origins: Iterable<string>): string {
    let best = '';
    let lowest = Infinity;
    for (const origin of origins) {
      const tag = Math.max(this.tags.get(origin) ?? 0, this.present);
      if (tag < lowest) [best, lowest] = [origin, tag];
    }
    this.present = lowest;
    this.tags.set(best, lowest + 1);
    return best;
  }
}
