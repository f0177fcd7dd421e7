import type { GoldenRecord, ProfileView } from '../domain/index.js';

/** How records are shown: two views of one record differ only where the stamp does. */
export interface Viewing {
  readonly stamp: number;
  of(record: GoldenRecord): ProfileView;
}

/** One golden record in memory, with the view that rules see. Neither is ever changed. */
export class CachedProfile {
  private built?: { stamp: number; view: ProfileView };

  constructor(
    readonly record: GoldenRecord,
    private readonly viewing: Viewing,
  ) {}

  /** The same object as long as nothing differs: what is concluded from it is remembered with it. */
  get view(): ProfileView {
    const { stamp } = this.viewing;
    if (this.built?.stamp !== stamp) this.built = { stamp, view: this.viewing.of(this.record) };
    return this.built.view;
  }
}

/** Records kept in memory; one takes some 3 to 5 KB. */
const MAX_PROFILES = 12_000;

function identifierKey(namespace: string, value: string): string {
  return `${namespace}:${value}`;
}

/**
 * The golden records this process used last, by id and by identifier.
 * What an identifier pointed to is believed only while the record itself still holds that identifier.
 */
export class ProfileCache {
  private readonly byId = new Map<string, CachedProfile>();
  private readonly ids = new Map<string, string>();
  /** When each record was last dropped, so that a read that was under way then does not bring the old state back. */
  private readonly dropped = new Map<string, number>();
  private time = 0;
  /** Reads that began before this are not believed: drops of that time are forgotten. */
  private horizon = 0;

  constructor(
    private readonly viewing: Viewing,
    private readonly capacity = MAX_PROFILES,
  ) {}

  get(id: string): CachedProfile | undefined {
    const found = this.byId.get(id);
    if (found) {
      // Insertion order of a Map is the order of use: what is used moves to the end.
      this.byId.delete(id);
      this.byId.set(id, found);
    }
    return found;
  }

  find(namespace: string, value: string): CachedProfile | undefined {
    const id = this.ids.get(identifierKey(namespace, value));
    return id === undefined ? undefined : this.get(id);
  }

  /** To be asked before a record is read from the database, and given to {@link put} with what was read. */
  readStarted(): number {
    return this.time;
  }

  /** Keeps a record, unless a newer state is held or was announced since the read began. */
  put(record: GoldenRecord, readStarted = this.time): CachedProfile {
    const held = this.byId.get(record.id);
    if (held && held.record.version >= record.version) return held;
    const cached = new CachedProfile(record, this.viewing);
    if (readStarted < this.horizon || (this.dropped.get(record.id) ?? 0) > readStarted) return cached;
    this.remove(record.id);
    this.byId.set(record.id, cached);
    for (const { namespace, value, until, shared } of record.identifiers)
      if (until === undefined && !shared) this.ids.set(identifierKey(namespace, value), record.id);
    if (this.byId.size > this.capacity) {
      const [oldest] = this.byId.keys();
      if (oldest !== undefined) this.remove(oldest);
    }
    return cached;
  }

  /** Drops a record because it changed elsewhere. */
  evict(id: string): void {
    this.time += 1;
    if (this.dropped.size > this.capacity) {
      this.dropped.clear();
      this.horizon = this.time;
    }
    this.dropped.set(id, this.time);
    this.remove(id);
  }

  private remove(id: string): void {
    const held = this.byId.get(id);
    if (!held) return;
    this.byId.delete(id);
    for (const { namespace, value } of held.record.identifiers) {
      const key = identifierKey(namespace, value);
      if (this.ids.get(key) === id) this.ids.delete(key);
    }
  }

  clear(): void {
    this.byId.clear();
    this.ids.clear();
  }

  get size(): number {
    return this.byId.size;
  }
}
