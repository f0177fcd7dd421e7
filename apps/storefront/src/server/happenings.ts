import type { HubApi, HubEntry, HubProfile } from './hub-api.js';

/** What the drawer shows of one visitor. */
export interface Happening {
  profile: Pick<
    HubProfile,
    'id' | 'version' | 'identifiers' | 'traits' | 'consents' | 'segments' | 'computed'
  >;
  /** Newest first. */
  entries: HubEntry[];
}

/** A visitor whose drawer is open. */
export interface Watcher {
  /** What the hub knows them by: `anonymous_id:…`. */
  reference: string;
  /** The customer who is signed in. */
  userId: string | undefined;
  tell(happening: Happening | null): void;
}

const TOPICS = 'events,responses,decisions,deliveries';
const ENTRIES = 40;
/** A burst of happenings is read once. */
const GATHER = 250;
const AGAIN_AFTER = 1_000;

/**
 * Follows the hub's stream while drawers are open, and reads anew what it knows of their visitors whenever something
 * happened. One stream serves all drawers.
 */
export class Happenings {
  private readonly watchers = new Set<Watcher>();
  private readonly shown = new WeakMap<Watcher, string>();
  private following: AbortController | undefined;
  private waiting: NodeJS.Timeout | undefined;

  constructor(private readonly hub: HubApi) {}

  /** @returns ends it */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    void this.refresh(watcher);
    if (!this.following) void this.follow();
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size === 0) this.stop();
    };
  }

  stop(): void {
    this.following?.abort();
    this.following = undefined;
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  private async follow(): Promise<void> {
    const end = new AbortController();
    this.following = end;
    while (!end.signal.aborted) {
      try {
        for await (const chunk of await this.hub.stream(TOPICS, end.signal))
          // A comment keeps the line alive and says nothing.
          if (chunk[0] !== 0x3a) this.gather();
      } catch {
        // The hub is away or the last drawer was closed.
      }
      if (end.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      this.gather();
    }
  }

  private gather(): void {
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      for (const watcher of this.watchers) void this.refresh(watcher);
    }, GATHER);
  }

  private async refresh(watcher: Watcher): Promise<void> {
    const happening = await this.read(watcher).catch(() => undefined);
    if (happening === undefined || !this.watchers.has(watcher)) return;
    const text = JSON.stringify(happening);
    if (this.shown.get(watcher) === text) return;
    this.shown.set(watcher, text);
    watcher.tell(happening);
  }

  /** Null where nothing is known yet, or what is known belongs to somebody who is not signed in here. */
  private async read({ reference, userId }: Watcher): Promise<Happening | null> {
    const found = await this.hub.profile(reference);
    if (!found) return null;
    const owners = found.identifiers.filter(({ namespace }) => namespace === 'user_id');
    if (owners.length > 0 && !owners.some(({ value }) => value === userId)) return null;
    const { id, version, identifiers, traits, consents, segments, computed } = found;
    const entries = await this.hub.timeline(reference, ENTRIES);
    return { profile: { id, version, identifiers, traits, consents, segments, computed }, entries };
  }
}
