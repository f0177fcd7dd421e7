import type { Encoding } from './mapping.js';

/** What the first bytes of a file say of how its text is written. */
export interface DetectedEncoding {
  encoding: Exclude<Encoding, 'auto'>;
  /** Bytes of the byte order mark. */
  mark: number;
}

/**
 * Looks at the beginning of a file: a byte order mark; else the zero bytes that UTF-16 gives western text; else UTF-8
 * where it is valid; else the superset of Latin-1 that the web means by it (WHATWG Encoding, windows-1252).
 * @param head the first bytes; the last character may be cut
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 5;
  if (odd > many && even < odd / 10) return { encoding: 'utf-16le', mark: 0 };
  if (even > many && odd < even / 10) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: isUtf8(head) ? 'utf-8' : 'windows-1252', mark: 0 };
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
