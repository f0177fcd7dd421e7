/** HMAC-SHA256 with a secret key: 32 bytes. */
export type Mac = (message: Buffer) => Buffer;

/** A key that signs or verifies. Its id, 1 to 65,535, is in the token. */
export interface TokenKey {
  readonly id: number;
  readonly mac: Mac;
}

/** Tokens travel in links; what needs more room belongs into a table. */
export const MAX_PAYLOAD = 4096;

const VERSION = 1;
const HEADER = 3; // version, key id (16 bits)
const TAG = 16; // half of the MAC, as RFC 2104 section 5 allows
const MAX_TOKEN = Math.ceil(((HEADER + MAX_PAYLOAD + TAG) * 4) / 3);

/**
 * Seals a payload: base64url(version, key id, payload, tag). The tag covers the purpose too, with its length before it,
 * so that a token made for one purpose never opens for another.
 */
export function sealToken(key: TokenKey, purpose: string, payload: Buffer): string {
  if (payload.length > MAX_PAYLOAD) throw new RangeError(`a token carries at most ${MAX_PAYLOAD} bytes`);
  const start = 1 + purpose.length;
  const end = start + HEADER + payload.length;
  const buffer = Buffer.allocUnsafe(end + TAG);
  writePurpose(buffer, purpose);
  buffer[start] = VERSION;
  buffer.writeUInt16BE(key.id, start + 1);
  payload.copy(buffer, start + HEADER);
  key.mac(buffer.subarray(0, end)).copy(buffer, end, 0, TAG);
  return buffer.toString('base64url', start);
}

/**
 * Opens what {@link sealToken} sealed; `null` for anything else. Only the one spelling that was issued opens:
 * base64 decoders forgive stray bits and characters, so the bytes are written again and compared.
 * @param equal compares two buffers of the same length in constant time
 */
export function openToken(
  token: string,
  purpose: string,
  keyOf: (id: number) => TokenKey | undefined,
  equal: (a: Buffer, b: Buffer) => boolean,
): Buffer | null {
  const size = Math.floor((token.length * 3) / 4);
  if (token.length > MAX_TOKEN || size < HEADER + TAG) return null;
  const start = 1 + purpose.length;
  const buffer = Buffer.allocUnsafe(start + size);
  if (buffer.write(token, start, 'base64url') !== size) return null;
  if (buffer[start] !== VERSION || buffer.toString('base64url', start) !== token) return null;
  const key = keyOf(buffer.readUInt16BE(start + 1));
  if (!key) return null;
  writePurpose(buffer, purpose);
  const end = buffer.length - TAG;
  const tag = key.mac(buffer.subarray(0, end)).subarray(0, TAG);
  return equal(tag, buffer.subarray(end)) ? buffer.subarray(start + HEADER, end) : null;
}

function writePurpose(buffer: Buffer, purpose: string): void {
  buffer[0] = purpose.length;
  buffer.write(purpose, 1, 'latin1');
}
