/** What the client takes from the browser; tests bring their own. */
export interface Surroundings {
  fetch: typeof fetch;
  indexedDB: IDBFactory;
  crypto: Crypto;
  /** Milliseconds since the epoch, as the device has it. */
  now(): number;
  /** Milliseconds that only ever grow. */
  elapsed(): number;
}

export function browserSurroundings(): Surroundings {
  return {
    fetch: globalThis.fetch.bind(globalThis),
    indexedDB: globalThis.indexedDB,
    crypto: globalThis.crypto,
    now: () => Date.now(),
    elapsed: () => performance.now(),
  };
}
