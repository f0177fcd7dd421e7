import type { KeyValueStorage, Surroundings } from './surroundings.js';

/** Who is here: an anonymous id that stays over visits, and the user id they gave. */
export class Visitor {
  private readonly anonymousKey: string;
  private readonly userKey: string;
  private currentAnonymousId: string;
  private currentUserId: string | undefined;

  constructor(
    private storage: KeyValueStorage,
    private readonly surroundings: Surroundings,
    writeKey: string,
  ) {
    this.anonymousKey = `repartee:${writeKey}:anonymousId`;
    this.userKey = `repartee:${writeKey}:userId`;
    this.currentAnonymousId = storage.getItem(this.anonymousKey) ?? this.newAnonymousId();
    this.currentUserId = storage.getItem(this.userKey) ?? undefined;
  }

  get anonymousId(): string {
    return this.currentAnonymousId;
  }

  get userId(): string | undefined {
    return this.currentUserId;
  }

  identify(userId: string): void {
    this.currentUserId = userId;
    this.keep(this.userKey, userId);
  }

  /** From now on ids are kept there; an id that is there already is the visitor's. */
  moveTo(storage: KeyValueStorage): void {
    this.storage = storage;
    const known = storage.getItem(this.anonymousKey);
    if (known) this.currentAnonymousId = known;
    else this.keep(this.anonymousKey, this.currentAnonymousId);
    this.currentUserId ??= storage.getItem(this.userKey) ?? undefined;
    if (this.currentUserId) this.keep(this.userKey, this.currentUserId);
  }

  /** Somebody nobody knows, kept elsewhere; here nothing is left. */
  forget(elsewhere: KeyValueStorage): void {
    this.storage.removeItem(this.anonymousKey);
    this.storage.removeItem(this.userKey);
    this.storage = elsewhere;
    this.currentUserId = undefined;
    this.currentAnonymousId = this.newAnonymousId();
  }

  reset(): void {
    this.currentUserId = undefined;
    this.storage.removeItem(this.userKey);
    this.currentAnonymousId = this.newAnonymousId();
  }

  private newAnonymousId(): string {
    const id = this.surroundings.newId();
    this.keep(this.anonymousKey, id);
    return id;
  }

  private keep(key: string, value: string): void {
    try {
      this.storage.setItem(key, value);
    } catch {
      // No room: the id then lasts as long as the page.
    }
  }
}
