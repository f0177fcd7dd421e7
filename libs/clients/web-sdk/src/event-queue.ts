import type { KeyValueStorage } from './surroundings.js';

export type QueuedEvent = Record<string, unknown> & { messageId: string };

const MOST_EVENTS = 500;

/**
 * Events that the hub has not confirmed, kept over reloads. Each page writes under a key of its own and takes over
 * what other pages left; an event that two pages send is one event by its `messageId`.
 */
export class EventQueue {
  private events: QueuedEvent[] = [];
  private readonly prefix: string;
  private readonly key: string;

  constructor(
    private storage: KeyValueStorage,
    writeKey: string,
    pageId: string,
  ) {
    this.prefix = `repartee:${writeKey}:events:`;
    this.key = this.prefix + pageId;
    this.takeOver();
  }

  get size(): number {
    return this.events.length;
  }

  add(event: QueuedEvent): void {
    this.events.push(event);
    // The newest say most about what the person does now.
    if (this.events.length > MOST_EVENTS) this.events.shift();
    this.save();
  }

  /** The oldest events that fit a request. */
  peek(most: number, bytes: number): QueuedEvent[] {
    let room = bytes;
    const fitting = this.events.slice(0, most).findIndex((event) => {
      room -= sizeOf(event) + 1;
      return room < 0;
    });
    return this.events.slice(0, fitting < 0 ? most : Math.max(1, fitting));
  }

  all(): readonly QueuedEvent[] {
    return this.events;
  }

  remove(gone: readonly QueuedEvent[]): void {
    const ids = new Set(gone.map(({ messageId }) => messageId));
    this.events = this.events.filter(({ messageId }) => !ids.has(messageId));
    this.save();
  }

  /** From now on events are kept there. What waits is the visitor's of there. */
  moveTo(storage: KeyValueStorage, anonymousId: string): void {
    this.storage = storage;
    this.events = this.events.map((event) => ({ ...event, anonymousId }));
    this.takeOver();
  }

  /** Nothing waits any more, here or in storage. */
  forget(elsewhere: KeyValueStorage): void {
    this.events = [];
    this.save();
    this.storage = elsewhere;
  }

  private save(): void {
    try {
      if (this.events.length === 0) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify(this.events));
    } catch {
      // No room: the events are still in memory and will be sent from there.
    }
  }

  private takeOver(): void {
    const own = this.events;
    this.events = [];
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
    for (const key of keys) {
      if (!key?.startsWith(this.prefix)) continue;
      this.events.push(...parse(this.storage.getItem(key)));
      this.storage.removeItem(key);
    }
    this.events = [...this.events, ...own].slice(-MOST_EVENTS);
    if (this.events.length > 0) this.save();
  }
}

/** Bytes of the event as JSON in UTF-8. */
export function sizeOf(event: unknown): number {
  return new TextEncoder().encode(JSON.stringify(event)).length;
}

function parse(text: string | null): QueuedEvent[] {
  try {
    const events: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(events) ? events.filter((event) => typeof event?.messageId === 'string') : [];
  } catch {
    return [];
  }
}
