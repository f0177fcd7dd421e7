import { fail, failure, ok, type Result } from '@repartee/contracts';

/** Where a reader stands: the last id it saw of each topic. Ids are UUIDv7, so they sort by time. */
export type Position = ReadonlyMap<string, string>;

/** A position names each topic once; anything longer is none of ours. */
const LONGEST = 500;
const PART = /^([a-z][a-z-]{0,30})@([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Reads a `Last-Event-ID`, as {@link writePosition} wrote it. An empty one is the beginning of a new reader. */
export function readPosition(text: string): Result<Position> {
  const position = new Map<string, string>();
  if (text === '') return ok(position);
  const parts = text.length > LONGEST ? [''] : text.split(',');
  for (const part of parts) {
    const [, topic, id] = PART.exec(part) ?? [];
    if (topic === undefined || id === undefined || position.has(topic))
      return fail(failure('STREAM.INVALID_POSITION', 'Last-Event-ID is not an id this stream has given'));
    position.set(topic, id);
  }
  return ok(position);
}

export function writePosition(position: Position): string {
  return [...position].map(([topic, id]) => `${topic}@${id}`).join(',');
}

/** When a UUIDv7 was made, in milliseconds since the epoch (RFC 9562, 5.7). */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The smallest UUIDv7 of a millisecond: where an index is entered. */
export function firstIdAt(time: number): string {
  const digits = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}
