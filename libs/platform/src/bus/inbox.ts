import type { BusConnections } from './bus-connections.js';

/** Stands for all handlers of a message; those by themselves count from 1. */
export const WHOLE_MESSAGE = 0;

const RECORD = `
  INSERT INTO bus_inbox (message_id, part, handled_at)
  SELECT id, ${WHOLE_MESSAGE}, $2 FROM unnest($1::uuid[]) AS id ON CONFLICT DO NOTHING`;

const HANDLED = `
  SELECT message_id AS id FROM bus_inbox WHERE message_id = ANY($1::uuid[]) AND part = ${WHOLE_MESSAGE}`;

const PURGE = `
  DELETE FROM bus_inbox WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM bus_inbox WHERE handled_at < $1 ORDER BY handled_at LIMIT $2))
  RETURNING 1`;

/** For a handler's own transaction: returns a row unless the part is done already. */
export const ONCE = `
  INSERT INTO bus_inbox (message_id, part, handled_at) VALUES ($1, $2, $3)
  ON CONFLICT DO NOTHING RETURNING 1`;

/**
 * The ids of messages that were handled, so that one that comes again does nothing. It comes again when its
 * acknowledgement was lost, or when it was published twice because the answer to the first time was.
 */
export class Inbox {
  constructor(private readonly connections: BusConnections) {}

  async record(ids: string[], now: number): Promise<void> {
    await this.connections.query(RECORD, [ids.toSorted(), new Date(now)]);
  }

  /** Which of them were handled. */
  async handled(ids: string[]): Promise<Set<string>> {
    const rows = await this.connections.query<{ id: string }>(HANDLED, [ids]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Forgets at most `limit` of what was handled before. @returns how many */
  async purge(before: number, limit: number): Promise<number> {
    return (await this.connections.query(PURGE, [new Date(before), limit])).length;
  }
}
