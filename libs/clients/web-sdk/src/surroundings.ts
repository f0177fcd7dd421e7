import type { EventSourceLike } from './stream-reader.js';

/** The part of `Storage` that is used. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** All that the client needs from the place it runs in. Tests and other runtimes bring their own. */
export interface Surroundings {
  fetch(address: string, init: RequestInit): Promise<Response>;
  storage(): KeyValueStorage;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number from 0 up to 1, for jitter. */
  random(): number;
  /** A UUID. */
  newId(): string;
  /** Segment's `context` of this moment: page, locale, time zone, user agent. */
  context(): Record<string, unknown>;
  /** Sends a body that outlives the page. False when it was not taken. */
  beacon(address: string, body: string): boolean;
  /** Calls back when the page is left; returns how to stop. */
  onLeave(leave: () => void): () => void;
  /** Opens server-sent events; absent where there are none. */
  eventSource?(address: string): EventSourceLike;
  /** A channel to the visitor's other pages, where there are such. */
  broadcast?(name: string): Pick<BroadcastChannel, 'postMessage' | 'close'> & { onmessage: unknown };
  /** Calls back once no other page holds the lock of this name; returns how to give it back, or stop waiting. */
  lock?(name: string, held: () => void): () => void;
  /** Calls back once at least half of the element was in view for a second; returns how to stop. */
  onSeen(element: Element, seen: () => void): () => void;
}

const SEEN_RATIO = 0.5;
const SEEN_MS = 1000;

/** The browser's own. Reads globals only when called, so that importing is safe anywhere. */
export function browserSurroundings(): Surroundings {
  return {
    fetch: (address, init) => globalThis.fetch(address, init),
    storage: localStorageOrMemory,
    now: () => Date.now(),
    random: () => Math.random(),
    newId,
    context,
    beacon: (address, body) => {
      // text/plain needs no preflight, which a page that is going away could not wait for.
      const blob = new Blob([body], { type: 'text/plain' });
      return globalThis.navigator?.sendBeacon?.(address, blob) ?? false;
    },
    onLeave: (leave) => {
      globalThis.addEventListener?.('pagehide', leave);
      return () => globalThis.removeEventListener?.('pagehide', leave);
    },
    onSeen,
    ...betweenPages(),
  };
}

/** What pages of one browser share a stream by. Reading any of it may be refused, as to a page in a sandbox. */
function betweenPages(): Partial<Surroundings> {
  const { EventSource, BroadcastChannel, navigator } = globalThis;
  return {
    ...(EventSource && { eventSource: (address: string) => new EventSource(address) }),
    ...(BroadcastChannel && { broadcast: (name: string) => new BroadcastChannel(name) }),
    ...(navigator?.locks && { lock }),
  };
}

function lock(name: string, held: () => void): () => void {
  const giveUp = new AbortController();
  let release: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (release = resolve));
  navigator.locks
    .request(name, { signal: giveUp.signal }, () => {
      held();
      return over;
    })
    .catch(() => undefined);
  return () => {
    giveUp.abort();
    release();
  };
}

/** Storage that lives as long as the page. */
export function memoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** Reading `localStorage` itself throws where cookies are barred; writing throws where there is no room. */
function localStorageOrMemory(): KeyValueStorage {
  try {
    const storage = globalThis.localStorage;
    storage.setItem('repartee:probe', '1');
    storage.removeItem('repartee:probe');
    return storage;
  } catch {
    return memoryStorage();
  }
}

/** `crypto.randomUUID` exists on https and localhost only. */
function newId(): string {
  if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function context(): Record<string, unknown> {
  const { document, location, navigator } = globalThis;
  return {
    page: location && {
      url: location.href,
      path: location.pathname,
      search: location.search,
      title: document?.title,
      referrer: document?.referrer,
    },
    userAgent: navigator?.userAgent,
    locale: navigator?.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function onSeen(element: Element, seen: () => void): () => void {
  if (!globalThis.IntersectionObserver) return () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.at(-1);
      clearTimeout(timer);
      if (!entry || entry.intersectionRatio < SEEN_RATIO) return;
      timer = setTimeout(() => {
        stop();
        seen();
      }, SEEN_MS);
    },
    { threshold: [0, SEEN_RATIO] },
  );
  observer.observe(element);
  return stop;
}
