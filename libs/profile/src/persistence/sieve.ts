interface Slot<K, V> {
  readonly key: K;
  value: V;
  used: boolean;
  newer: Slot<K, V> | undefined;
  older: Slot<K, V> | undefined;
}

/**
 * A bounded map that keeps what is used. A hit only sets a mark: nothing moves, as in an order of last use it would.
 * Who makes room is found by a hand that goes from old to new, takes marks away, and stops at the first without one
 * (SIEVE: Zhang et al., NSDI 2024).
 */
export class Sieve<K, V> {
  private readonly slots = new Map<K, Slot<K, V>>();
  private newest: Slot<K, V> | undefined;
  private oldest: Slot<K, V> | undefined;
  private hand: Slot<K, V> | undefined;

  constructor(readonly capacity: number) {}

  get size(): number {
    return this.slots.size;
  }

  get(key: K): V | undefined {
    const slot = this.slots.get(key);
    if (slot === undefined) return undefined;
    slot.used = true;
    return slot.value;
  }

  /** As {@link get}, but does not count as use. */
  peek(key: K): V | undefined {
    return this.slots.get(key)?.value;
  }

  /** @returns what made room for it */
  set(key: K, value: V): V | undefined {
    const held = this.slots.get(key);
    if (held !== undefined) {
      held.value = value;
      return undefined;
    }
    const victim = this.slots.size >= this.capacity ? this.victim() : undefined;
    if (victim !== undefined) this.unlink(victim);
    const slot: Slot<K, V> = { key, value, used: false, newer: undefined, older: this.newest };
    if (this.newest !== undefined) this.newest.newer = slot;
    this.newest = slot;
    this.oldest ??= slot;
    this.slots.set(key, slot);
    return victim?.value;
  }

  delete(key: K): void {
    const slot = this.slots.get(key);
    if (slot !== undefined) this.unlink(slot);
  }

  clear(): void {
    this.slots.clear();
    this.newest = this.oldest = this.hand = undefined;
  }

  private victim(): Slot<K, V> | undefined {
    let slot = this.hand ?? this.oldest;
    while (slot?.used) {
      slot.used = false;
      slot = slot.newer ?? this.oldest;
    }
    this.hand = slot;
    return slot;
  }

  private unlink(slot: Slot<K, V>): void {
    this.slots.delete(slot.key);
    if (this.hand === slot) this.hand = slot.newer;
    if (slot.newer === undefined) this.newest = slot.older;
    else slot.newer.older = slot.older;
    if (slot.older === undefined) this.oldest = slot.newer;
    else slot.older.newer = slot.newer;
  }
}
