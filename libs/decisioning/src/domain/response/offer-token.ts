import { stages, type Stage } from '@repartee/learning/domain';

/** What the token of one presented offer says: all that a response to it needs. Times in milliseconds. */
export interface OfferToken {
  decisionId: string;
  offer: string;
  treatment: string;
  zone: string;
  channel: string;
  /** Where the person stood with the offer when it was decided; learning needs it. */
  stage: Stage;
  profileId: string | null;
  anonymousId: string | null;
  dialogueId: string;
  issuedAt: number;
  validUntil: number;
  /** A hard cap keeps room for it until it is shown, or known not to be. */
  reserved: boolean;
  /** Where its levers stand, when they were moved. */
  terms?: Readonly<Record<string, number>>;
}

const VERSION = 1;
/** Like the first, with terms as JSON at the end. */
const NEGOTIATED = 2;
/** The highest bit of the byte of the stage. */
const RESERVED = 0x80;
const ABSENT = 0;
const UUID = 1;
const TEXT = 2;
const UUID_LENGTH = 36;
const UUID_BYTES = 16;
const DASH = 0x2d;
const FIXED_BYTES = 2 + 6 + 6;
/** The order of the text and id fields in the bytes; new fields need a new version. */
const FIELDS = [
  'decisionId',
  'profileId',
  'anonymousId',
  'dialogueId',
  'offer',
  'treatment',
  'zone',
  'channel',
] as const;

/** Packs a token's payload: version, stage, two 48-bit times, then the ids (16 bytes each where UUIDs) and names. */
export function encodeOfferToken(token: OfferToken): Buffer {
  const buffer = Buffer.allocUnsafe(sizeOf(token));
  buffer[0] = token.terms === undefined ? VERSION : NEGOTIATED;
  buffer[1] = stages.indexOf(token.stage) | (token.reserved ? RESERVED : 0);
  buffer.writeUIntBE(token.issuedAt, 2, 6);
  buffer.writeUIntBE(token.validUntil, 8, 6);
  let at = FIXED_BYTES;
  for (const field of FIELDS) at = writeField(buffer, at, token[field]);
  if (token.terms !== undefined) at = writeField(buffer, at, JSON.stringify(token.terms));
  return buffer.subarray(0, at);
}

/** Unpacks what {@link encodeOfferToken} packed; `null` for anything else. */
export function decodeOfferToken(buffer: Buffer): OfferToken | null {
  if (buffer.length < FIXED_BYTES || (buffer[0] !== VERSION && buffer[0] !== NEGOTIATED)) return null;
  const fields = buffer[0] === VERSION ? FIELDS.length : FIELDS.length + 1;
  const values: (string | null)[] = [];
  let at = FIXED_BYTES;
  for (let field = 0; field < fields; field += 1) {
    const read = readField(buffer, at);
    if (!read) return null;
    values.push(read.value);
    at = read.next;
  }
  const [
    decisionId,
    profileId = null,
    anonymousId = null,
    dialogueId,
    offer,
    treatment,
    zone,
    channel,
    terms,
  ] = values;
  if (at !== buffer.length || !decisionId || !dialogueId || !offer || !treatment || !zone || !channel)
    return null;
  return {
    decisionId,
    offer,
    treatment,
    zone,
    channel,
    stage: stages[(buffer[1] ?? 0) & ~RESERVED] ?? 'new',
    profileId,
    anonymousId,
    dialogueId,
    issuedAt: buffer.readUIntBE(2, 6),
    validUntil: buffer.readUIntBE(8, 6),
    reserved: ((buffer[1] ?? 0) & RESERVED) !== 0,
    ...(terms != null && { terms: JSON.parse(terms) as Record<string, number> }),
  };
}

function sizeOf(token: OfferToken): number {
  let size = FIXED_BYTES;
  for (const field of FIELDS) size += 3 + (token[field]?.length ?? 0) * 3;
  // Keys and numbers are ASCII.
  return token.terms === undefined ? size : size + 3 + JSON.stringify(token.terms).length;
}

function writeField(buffer: Buffer, at: number, value: string | null): number {
  if (value === null) {
    buffer[at] = ABSENT;
    return at + 1;
  }
  if (value.length === UUID_LENGTH && writeUuid(buffer, at + 1, value)) {
    buffer[at] = UUID;
    return at + 1 + UUID_BYTES;
  }
  buffer[at] = TEXT;
  const size = buffer.write(value, at + 3, 'utf8');
  buffer.writeUInt16BE(size, at + 1);
  return at + 3 + size;
}

/** The value of a lower-case hexadecimal digit, or -1. */
function nibble(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** Writes 16 bytes, if the text is a UUID in its one spelling. By hand: a regular expression and a decoder of hex cost ten times as much. */
function writeUuid(buffer: Buffer, start: number, uuid: string): boolean {
  let at = start;
  for (let index = 0; index < UUID_LENGTH; index += 2) {
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (uuid.charCodeAt(index) !== DASH) return false;
      index += 1;
    }
    const high = nibble(uuid.charCodeAt(index));
    const low = nibble(uuid.charCodeAt(index + 1));
    if (high < 0 || low < 0) return false;
    buffer[at] = high * 16 + low;
    at += 1;
  }
  return true;
}

function readField(buffer: Buffer, at: number): { value: string | null; next: number } | null {
  const kind = buffer[at];
  if (kind === ABSENT) return { value: null, next: at + 1 };
  const start = kind === TEXT ? at + 3 : at + 1;
  if (kind !== TEXT && kind !== UUID) return null;
  if (start > buffer.length) return null;
  const next = start + (kind === UUID ? 16 : buffer.readUInt16BE(at + 1));
  if (next > buffer.length) return null;
  if (kind === TEXT) return { value: buffer.toString('utf8', start, next), next };
  const hex = buffer.toString('hex', start, next);
  const value = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return { value, next };
}
