import { UuidV7 } from './uuid-v7.js';

const ids = new UuidV7();

/** A new UUIDv7 (RFC 9562): unique everywhere, and of this process' ids later ones sort after earlier ones. */
export function newId(): string {
  return ids.next(Date.now());
}
