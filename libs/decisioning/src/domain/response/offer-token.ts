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
}

const VERSION = 1;
const ABSENT = 0;
const UUID = 1;
const TEXT = 2;
const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
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
  buffer[0] = VERSION;
  buffer[1] = stages.indexOf(token.stage);
  buffer.writeUIntBE(token.issuedAt, 2, 6);
  buffer.writeUIntBE(token.validUntil, 8, 6);
  let at = FIXED_BYTES;
  for (const field of FIELDS) at = writeField(buffer, at, token[field]);
  return buffer.subarray(0, at);
}

/** Unpacks what {@link encodeOfferToken} packed; `null` for anything else. */
export function decodeOfferToken(buffer: Buffer): OfferToken | null {
  if (buffer.length < FIXED_BYTES || buffer[0] !== VERSION) return null;
  const values: (string | null)[] = [];
  let at = FIXED_BYTES;
  for (const _field of FIELDS) {
    const read = readField(buffer, at);
    if (!read) return null;
    values.push(read.value);
    at = read.next;
  }
  const [decisionId, profileId = null, anonymousId = null, dialogueId, offer, treatment, zone, channel] =
    values;
  if (at !== buffer.length || !decisionId || !dialogueId || !offer || !treatment || !zone || !channel)
    return null;
  return {
    decisionId,
    offer,
    treatment,
    zone,
    channel,
    stage: stages[buffer[1] ?? 0] ?? 'new',
    profileId,
    anonymousId,
    dialogueId,
    issuedAt: buffer.readUIntBE(2, 6),
    validUntil: buffer.readUIntBE(8, 6),
  };
}

function sizeOf(token: OfferToken): number {
  let size = FIXED_BYTES;
  for (const field of FIELDS) size += 3 + (token[field]?.length ?? 0) * 3;
  return size;
}

function writeField(buffer: Buffer, at: number, value: string | null): number {
  if (value === null) {
    buffer[at] = ABSENT;
    return at + 1;
  }
  if (value.length === 36 && UUID_FORM.test(value)) {
    buffer[at] = UUID;
    return writeUuid(buffer, at + 1, value);
  }
  buffer[at] = TEXT;
  const size = buffer.write(value, at + 3, 'utf8');
  buffer.writeUInt16BE(size, at + 1);
  return at + 3 + size;
}

function writeUuid(buffer: Buffer, at: number, uuid: string): number {
  return at + buffer.write(uuid.replaceAll('-', ''), at, 'hex');
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
