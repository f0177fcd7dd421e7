import type { Surroundings } from './surroundings.js';

const NAME = 'repartee-kiosk';
const VERSION = 1;
const KEYS = 'keys';
const VALUES = 'values';
const QUEUE = 'queue';
const IV_BYTES = 12;
const ALGORITHM = 'AES-GCM';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** Something in the queue, and its place there. */
export interface Queued<T> {
  place: number;
  value: T;
}

/**
 * What a kiosk keeps, encrypted in IndexedDB (AES-GCM, 256 bits). The key was made not extractable: no script reads
 * it, and a copy of the files of the browser's profile alone does not show what was kept.
 */
export class SealedStore {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly key: CryptoKey,
    private readonly crypto: Crypto,
  ) {}

  static async open({ indexedDB, crypto }: Pick<Surroundings, 'indexedDB' | 'crypto'>): Promise<SealedStore> {
    const opening = indexedDB.open(NAME, VERSION);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(KEYS);
      opening.result.createObjectStore(VALUES);
      opening.result.createObjectStore(QUEUE, { autoIncrement: true });
    };
    const database = await answered(opening);
    const made = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    const transaction = database.transaction(KEYS, 'readwrite');
    const keys = transaction.objectStore(KEYS);
    const kept = (await answered(keys.get('seal'))) as CryptoKey | undefined;
    if (!kept) await answered(keys.put(made, 'seal'));
    return new SealedStore(database, kept ?? made, crypto);
  }

  /** @returns undefined when nothing is kept under the name, or it cannot be read any more */
  async read<T>(name: string): Promise<T | undefined> {
    const sealed = (await answered(this.in(VALUES, 'readonly').get(name))) as Sealed | undefined;
    return sealed && this.unseal<T>(sealed);
  }

  async write(name: string, value: unknown): Promise<void> {
    const sealed = await this.seal(value);
    await answered(this.in(VALUES, 'readwrite').put(sealed, name));
  }

  async remove(name: string): Promise<void> {
    await answered(this.in(VALUES, 'readwrite').delete(name));
  }

  /** Puts something at the end of the queue. */
  async add(value: unknown): Promise<void> {
    const sealed = await this.seal(value);
    await answered(this.in(QUEUE, 'readwrite').add(sealed));
  }

  /** The oldest of the queue, in their order. What cannot be read any more is dropped. */
  async oldest<T>(most: number): Promise<Queued<T>[]> {
    const queue = this.in(QUEUE, 'readonly');
    const [places, sealed] = await Promise.all([
      answered(queue.getAllKeys(null, most)),
      answered(queue.getAll(null, most)),
    ]);
    const found: Queued<T>[] = [];
    for (const [at, one] of (sealed as Sealed[]).entries()) {
      const value = await this.unseal<T>(one);
      const place = Number(places[at]);
      if (value === undefined) await this.drop(place, place);
      else found.push({ place, value });
    }
    return found;
  }

  waiting(): Promise<number> {
    return answered(this.in(QUEUE, 'readonly').count());
  }

  /** Takes a stretch out of the queue, both ends included. */
  async drop(first: number, last: number): Promise<void> {
    await answered(this.in(QUEUE, 'readwrite').delete(IDBKeyRange.bound(first, last)));
  }

  /** Forgets everything but the key. */
  async clear(): Promise<void> {
    await answered(this.in(VALUES, 'readwrite').clear());
    await answered(this.in(QUEUE, 'readwrite').clear());
  }

  private in(store: string, mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(store, mode).objectStore(store);
  }

  private async seal(value: unknown): Promise<Sealed> {
    const iv = this.crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await this.crypto.subtle.encrypt({ name: ALGORITHM, iv }, this.key, plain) };
  }

  private async unseal<T>({ iv, data }: Sealed): Promise<T | undefined> {
    try {
      const plain = await this.crypto.subtle.decrypt({ name: ALGORITHM, iv }, this.key, data);
      return JSON.parse(new TextDecoder().decode(plain)) as T;
    } catch {
      return undefined;
    }
  }
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });
}
