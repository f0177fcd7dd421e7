import type { GoldenRecord, ProfileView } from '../domain/index.js';
import { Sieve } from './sieve.js';

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

/**
 * The golden records this process used last, by id and by identifier.
 * What an identifier pointed to is believed only while the record itself still holds that identifier.
 */
export class ProfileCache {
  private readonly byId: Sieve<string, CachedProfile>;
  /** Namespace → value → id of the record. */
  private readonly ids = new Map<string, Map<string, string>>();
  /** When each record was last dropped, so that a read that was under way then does not bring the old state back. */
  private readonly dropped = new Map<string, number>();
  private time = 0;
  /** Reads that began before this are not believed: drops of that time are forgotten. */
  private horizon = 0;

  constructor(
    private readonly viewing: Viewing,
    capacity = MAX_PROFILES,
  ) {
    this.byId = new Sieve(capacity);
  }

  get(id: string): CachedProfile | undefined {
    return this.byId.get(id);
  }

  find(namespace: string, value: string): CachedProfile | undefined {
    const id = this.ids.get(namespace)?.get(value);
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
    if (held) this.forgetIdentifiers(held.record);
    const gone = this.byId.set(record.id, cached);
    if (gone) this.forgetIdentifiers(gone.record);
    for (const { namespace, value, until, shared } of record.identifiers)
      if (until === undefined && !shared) this.valuesOf(namespace).set(value, record.id);
    return cached;
  }

  /** Drops a record because it changed elsewhere. */
  evict(id: string): void {
    this.time += 1;
    if (this.dropped.size > this.byId.capacity) {
      this.dropped.clear();
      this.horizon = this.time;
    }
    this.dropped.set(id, this.time);
    const held = this.byId.peek(id);
    if (!held) return;
    this.byId.delete(id);
    this.forgetIdentifiers(held.record);
  }

  private valuesOf(namespace: string): Map<string, string> {
    let values = this.ids.get(namespace);
    if (values === undefined) this.ids.set(namespace, (values = new Map()));
    return values;
  }

  private forgetIdentifiers({ id, identifiers }: GoldenRecord): void {
    for (const { namespace, value } of identifiers) {
      const values = this.ids.get(namespace);
      if (values?.get(value) === id) values.delete(value);
      if (values?.size === 0) this.ids.delete(namespace);
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
