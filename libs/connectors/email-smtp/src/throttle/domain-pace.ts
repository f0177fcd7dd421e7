/** How fast mail may go to one domain. */
export interface PaceRules {
  /** Mails a second; no limit unless given. */
  ratePerSecond?: number;
  /** Mails at a time; no limit unless given. */
  atATime?: number;
}

/** Milliseconds a domain rests after its first “not now”; twice as long after each further one. */
export const FIRST_REST = 60_000;
export const LONGEST_REST = 60 * 60_000;
/** “Not now” in a row, to mails of different people, that speak of the domain and not of one mailbox. */
const IN_A_ROW = 3;
/** Milliseconds until a place among those at a time is looked for again. */
const UNTIL_FREE = 1000;
/** Mails that hold a place in the future; more come back later without one. */
const MAX_PLACES = 10_000;

/** What a domain said to a mail: took it, put it off for its mailbox's sake, or for its own. */
export type DomainAnswer = 'went' | 'deferred' | 'overloaded';

/**
 * The pace of mail to one domain, learned from its answers. A mail that must wait gets a place of its own in the
 * future, so that it is put off once and not again and again. Times in milliseconds of one clock.
 */
export class DomainPace {
  #active = 0;
  #next = 0;
  #restUntil = 0;
  #rest = 0;
  #inARow = 0;
  readonly #places = new Map<string, number>();

  constructor(private readonly rules: PaceRules) {}

  /** Whether nothing is known of the domain that a new pace would not know. */
  idle(now: number): boolean {
    for (const [key, at] of this.#places) if (at + LONGEST_REST < now) this.#places.delete(key);
    return (
      this.#active === 0 &&
      this.#places.size === 0 &&
      this.#next <= now &&
      this.#restUntil + LONGEST_REST <= now
    );
  }

  /**
   * Asks for a mail to go now.
   * @param key the mail's, the same at every try
   * @returns 0 when it goes, then {@link leave} must follow; else the milliseconds after which to come back
   */
  enter(key: string, now: number): number {
    if (this.#restUntil > now) return this.#restUntil - now;
    const place = this.#places.get(key) ?? this.#book(key, now);
    if (place > now) return place - now;
    if (this.#active >= (this.rules.atATime ?? Infinity)) return UNTIL_FREE;
    this.#places.delete(key);
    this.#active += 1;
    return 0;
  }

  leave(answer: DomainAnswer, now: number): void {
    this.#active -= 1;
    if (answer === 'went') {
      this.#inARow = 0;
      this.#rest = 0;
      return;
    }
    this.#inARow += 1;
    // Those that were under way together hear the same answer; it counts once.
    if (this.#restUntil > now || (answer === 'deferred' && this.#inARow < IN_A_ROW)) return;
    this.#rest = Math.min(LONGEST_REST, Math.max(FIRST_REST, this.#rest * 2));
    this.#restUntil = now + this.#rest;
  }

  #book(key: string, now: number): number {
    const { ratePerSecond } = this.rules;
    if (ratePerSecond === undefined) return now;
    const place = Math.max(this.#next, now);
    if (place > now && this.#places.size >= MAX_PLACES) return place;
    this.#next = place + 1000 / ratePerSecond;
    this.#places.set(key, place);
    return place;
  }
}
