import { randomUUID } from 'node:crypto';
import type { EventSourceLike } from '../stream-reader.js';
import { memoryStorage } from '../surroundings.js';
import type { KeyValueStorage, Surroundings } from '../surroundings.js';

/** A browser without a browser: the test leaves the page and scrolls elements into view. */
export class FakeSurroundings implements Surroundings {
  readonly beacons: { address: string; body: string }[] = [];
  readonly sources: FakeEventSource[] = [];
  clock = Date.now();
  private leaving: (() => void) | undefined;
  private readonly watched = new Map<Element, () => void>();

  constructor(private readonly kept: KeyValueStorage = memoryStorage()) {}

  fetch(address: string, init: RequestInit): Promise<Response> {
    return fetch(address, init);
  }
  storage(): KeyValueStorage {
    return this.kept;
  }
  now(): number {
    return this.clock;
  }
  random(): number {
    return 0;
  }
  newId(): string {
    return randomUUID();
  }
  context(): Record<string, unknown> {
    return { locale: 'en-GB', timezone: 'Europe/London', page: { path: '/here' } };
  }
  beacon(address: string, body: string): boolean {
    this.beacons.push({ address, body });
    return true;
  }
  onLeave(leave: () => void): () => void {
    this.leaving = leave;
    return () => {
      this.leaving = undefined;
    };
  }
  onSeen(element: Element, seen: () => void): () => void {
    this.watched.set(element, seen);
    return () => this.watched.delete(element);
  }

  eventSource(address: string): FakeEventSource {
    const source = new FakeEventSource(address);
    this.sources.push(source);
    return source;
  }

  leavePage(): void {
    this.leaving?.();
  }
  see(element: Element): void {
    this.watched.get(element)?.();
  }
}

/** A stream that says what the test says. */
export class FakeEventSource implements EventSourceLike {
  onopen: unknown;
  onerror: unknown;
  closed = false;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly address: string) {}

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.closed = true;
  }
  say(type: string, data: object, lastEventId = ''): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data), lastEventId } as MessageEvent<string>);
  }
  fail(): void {
    (this.onerror as () => void)();
  }
}
