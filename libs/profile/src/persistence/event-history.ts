import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { RecordEvent } from '../domain/index.js';

/** An event of the past with the profile it was filed under. */
export interface PastEvent {
  profileId: string;
  event: RecordEvent & { messageId: string; traceparent: string | null };
}

interface Row {
  profile_id: string;
  id: string;
  occurred_at: Date;
  type: string;
  name: string | null;
  source: string;
  message_id: string;
  verified: boolean;
  payload: Record<string, unknown>;
}

/** Why a record cannot be put together again as it was. */
export type NoPast = 'unnumbered' | 'rearranged' | 'pruned';

/** Profile id → the version up to which its events count. */
export type Versions = ReadonlyMap<string, number>;

const PAGE = 1000;
const ALL = Number.MAX_SAFE_INTEGER;

/** Whoever was taken in by then, with those taken in by them before; the entry of a merge has the id of who was merged. */
const MEMBERS = `
  WITH RECURSIVE member AS (
    SELECT $1::uuid AS id, $2::bigint AS upto
    UNION
    SELECT t.id, ${ALL}::bigint FROM member m
      JOIN timeline_entry t ON t.profile_id = m.id AND t.kind = 'merge' AND t.version <= m.upto
  ) SELECT id, upto FROM member`;

const OBSTACLES = `
  SELECT coalesce(bool_or(t.version IS NULL AND t.logged_at IS NOT NULL), false) AS unnumbered,
         coalesce(bool_or(t.kind = 'split' AND t.at >= $3), false) AS rearranged,
         coalesce(bool_or(t.version <= m.upto AND t.logged_at IS NOT NULL AND e.id IS NULL), false) AS pruned
  FROM unnest($1::uuid[], $2::bigint[]) AS m(id, upto)
  JOIN timeline_entry t ON t.profile_id = m.id
  LEFT JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id`;

const EVENTS = `
  SELECT t.profile_id, e.id, e.occurred_at, e.type, e.name, e.source, e.message_id, e.verified, e.payload
  FROM unnest($1::uuid[], $6::bigint[]) AS m(id, upto)
  JOIN timeline_entry t ON t.profile_id = m.id AND (m.upto = ${ALL} OR t.version <= m.upto)
  JOIN event_log e ON e.received_at = t.logged_at AND e.id = t.id
  WHERE t.logged_at IS NOT NULL AND t.at >= $5
    AND ($2::timestamptz IS NULL OR (t.at, t.id) > ($2, $3::uuid))
  ORDER BY t.at, t.id LIMIT $4`;

type Reader = Pick<Transaction, 'query'>;

/** Events of people, as the log holds them, with the profile each was filed under: what a rebuild starts from. */
@Injectable()
export class EventHistory {
  /** All events of these profiles that happened from `from` on (milliseconds since the epoch), page by page. */
  events(reader: Reader, family: string[], from = 0): AsyncGenerator<PastEvent[]> {
    return this.pages(reader, new Map(family.map((id) => [id, ALL])), from);
  }

  /** The events that a version of a golden record held, page by page. */
  eventsAt(reader: Reader, members: Versions): AsyncGenerator<PastEvent[]> {
    return this.pages(reader, members, 0);
  }

  /**
   * Whose events a version of a golden record held.
   * @param at when it was in force, milliseconds since the epoch
   */
  async membersAt(
    reader: Reader,
    profileId: string,
    version: number,
    at: number,
  ): Promise<Versions | NoPast> {
    const rows = await reader.query<{ id: string; upto: string }>(MEMBERS, [profileId, version]);
    const members = new Map(rows.map(({ id, upto }) => [id, Number(upto)]));
    const [found] = await reader.query<Record<NoPast, boolean>>(OBSTACLES, [
      [...members.keys()],
      [...members.values()],
      new Date(at),
    ]);
    return (['unnumbered', 'rearranged', 'pruned'] as const).find((obstacle) => found?.[obstacle]) ?? members;
  }

  private async *pages(reader: Reader, members: Versions, from: number): AsyncGenerator<PastEvent[]> {
    const ids = [...members.keys()];
    const versions = [...members.values()];
    let last: Row | undefined;
    for (;;) {
      const after = [last?.occurred_at ?? null, last?.id ?? null];
      const rows: Row[] = await reader.query<Row>(EVENTS, [ids, ...after, PAGE, new Date(from), versions]);
      if (rows.length > 0) yield rows.map(toPast);
      last = rows.at(-1);
      if (rows.length < PAGE) return;
    }
  }
}

function toPast({ profile_id, occurred_at, message_id, ...row }: Row): PastEvent {
  return {
    profileId: profile_id,
    event: { ...row, occurredAt: occurred_at.getTime(), messageId: message_id, traceparent: null },
  };
}
