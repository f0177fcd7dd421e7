import type { Identifier } from '../identifier.js';
import { DEVICE } from '../namespace-policy.js';

/**
 * What the partition joins are *nodes*, named by a key:
 *
 * - `namespace:value`: a proved identifier of a person, or a device up to its first hand-over
 * - `namespace:value␞since`: the same identifier from a moment on, once it changed hands
 * - `@:person␟device`: whoever merely claims, on one device, to be that person. No device: an empty word
 *
 * Identifiers hold no control characters, so that keys cannot be forged.
 */
export const CLAIM = '@';
const UNIT = '\u001f';
const RECORD = '\u001e';

export function claimKey(person: string, device: string): string {
  return `${CLAIM}:${person}${UNIT}${device}`;
}

export function spanKey(key: string, since: number): string {
  return since === 0 ? key : `${key}${RECORD}${since}`;
}

/** The key without the moment. */
export function baseOf(node: string): string {
  const end = node.indexOf(RECORD);
  return end < 0 ? node : node.slice(0, end);
}

/** The moment a node begins: 0 for one that always was. */
export function sinceOf(node: string): number {
  const end = node.indexOf(RECORD);
  return end < 0 ? 0 : Number(node.slice(end + 1));
}

export function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

/** The identifier a key names, without the moment. */
export function identifierOf(key: string): Identifier {
  const base = baseOf(key);
  const colon = base.indexOf(':');
  return { namespace: base.slice(0, colon), value: base.slice(colon + 1) };
}

export function isDevice(key: string): boolean {
  return key.startsWith(`${DEVICE}:`);
}

export function isClaim(key: string): boolean {
  return key.startsWith(`${CLAIM}:`);
}

/** Who claims to be whom, and where. */
export function partsOfClaim(key: string): { person: string; device: string } {
  const [person = '', device = ''] = baseOf(key)
    .slice(CLAIM.length + 1)
    .split(UNIT);
  return { person, device };
}
