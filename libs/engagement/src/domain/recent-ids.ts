/**
 * Remembers which ids of a sliding window were seen. Rows become visible in the order of commits, not of their ids, so
 * a reader looks at the newest stretch again each time and takes what it has not seen.
 */
export class RecentIds {
  private readonly seen = new Set<string>();

  /** Items that are new, in their order; ids before `oldest` are forgotten. */
  unseen<T extends { id: string }>(items: readonly T[], oldest: string): T[] {
    for (const id of this.seen) if (id < oldest) this.seen.delete(id);
    return items.filter(({ id }) => {
      if (id < oldest || this.seen.has(id)) return false;
      this.seen.add(id);
      return true;
    });
  }
}
