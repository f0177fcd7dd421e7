import { Inject, Injectable } from '@nestjs/common';
import { type ExportedRecord, PersonalDataHolder, PersonalDataHolders } from '@repartee/governance';
import { type DataSubject, type EventReference, names, valuesOf } from '@repartee/governance/domain';
import { Database, type Transaction } from '@repartee/platform';

import { HeldEvents } from './held-events.js';

const PAGE = 500;

/** Message ids may name people, so they go with the events; the queue is left to its reader. */
const REMOVE = `
  WITH gone AS (
    DELETE FROM event_log e USING unnest($1::timestamptz[], $2::uuid[]) AS t(received_at, id)
    WHERE e.received_at = t.received_at AND e.id = t.id RETURNING e.id, e.source, e.message_id
  ), forgotten AS (
    DELETE FROM event_dedup d USING gone WHERE d.source = gone.source AND d.message_id = gone.message_id
  )
  SELECT id FROM gone`;

const HELD = `
  SELECT e.id, e.received_at AS "receivedAt", e.occurred_at AS "occurredAt", e.source, e.type, e.name,
    e.message_id AS "messageId", e.verified, e.payload
  FROM event_log e JOIN unnest($1::timestamptz[], $2::uuid[]) AS t(received_at, id)
    ON e.received_at = t.received_at AND e.id = t.id ORDER BY e.received_at, e.id`;

interface HeldBack {
  id: string;
  received_at: Date;
  code: string;
  body: string;
}

function columns(events: readonly EventReference[]): unknown[] {
  return [events.map(({ receivedAt }) => new Date(receivedAt)), events.map(({ id }) => id)];
}

function* pages<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += PAGE) yield items.slice(start, start + PAGE);
}

/** Events of the log and in quarantine. */
@Injectable()
export class IngestionPersonalData extends PersonalDataHolder {
  readonly scope = 'ingestion';

  constructor(
    @Inject(PersonalDataHolders) holders: PersonalDataHolders,
    @Inject(Database) private readonly database: Database,
    @Inject(HeldEvents) private readonly held: HeldEvents,
  ) {
    super(holders);
  }

  override async *export(subject: DataSubject): AsyncIterable<ExportedRecord> {
    const waiting = await this.held.of(this.database, subject.profileIds);
    for (const page of pages([...subject.events, ...waiting]))
      for (const data of await this.database.query(HELD, columns(page))) yield { kind: 'event', data };
    for (const { id, received_at, code, body } of await this.quarantined(this.database, subject))
      yield { kind: 'quarantined event', data: { id, receivedAt: received_at, code, body } };
  }

  override async erase(tx: Transaction, subject: DataSubject): Promise<number> {
    const held = await this.quarantined(tx, subject);
    await tx.query('DELETE FROM quarantine WHERE id = ANY($1::uuid[])', [held.map(({ id }) => id)]);
    // What could not be processed is in the log too, under the same id.
    const unprocessed = held.map(({ id, received_at }) => ({ id, receivedAt: received_at.getTime() }));
    let records = held.length;
    const waiting = await this.held.of(tx, subject.profileIds);
    await this.held.forget(tx, subject.profileIds);
    for (const page of pages([...subject.events, ...unprocessed, ...waiting])) {
      const gone = await this.remove(tx, page);
      await tx.query('DELETE FROM event_pending WHERE id = ANY($1::uuid[])', [gone]);
      records += gone.length;
    }
    return records;
  }

  /**
   * Takes events out of the log, as if they had never come. One that is being processed stays in the queue until its
   * reader takes it off.
   * @returns the ids of those that were there
   */
  async remove(tx: Transaction, events: readonly EventReference[]): Promise<string[]> {
    if (events.length === 0) return [];
    const gone = await tx.query<{ id: string }>(REMOVE, columns(events));
    return gone.map(({ id }) => id);
  }

  /** Replaces what an event says, where it must not go on saying it. */
  async rewrite(tx: Transaction, event: EventReference, payload: Record<string, unknown>): Promise<void> {
    await tx.query('UPDATE event_log SET payload = $3 WHERE received_at = $1 AND id = $2', [
      new Date(event.receivedAt),
      event.id,
      JSON.stringify(payload),
    ]);
  }

  /** Quarantined bodies are text as it came, perhaps no JSON at all: then holding a spelling is enough. */
  private async quarantined(from: Pick<Transaction, 'query'>, subject: DataSubject): Promise<HeldBack[]> {
    const wanted = new Set([
      ...subject.spellings,
      ...subject.profileIds,
      ...valuesOf(subject).map((value) => value.toLowerCase()),
    ]);
    const found = await from.query<HeldBack>(
      `SELECT id, received_at, code, body FROM quarantine q
       WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS t(text) WHERE position(t.text IN lower(q.body)) > 0)`,
      [[...wanted].map((text) => JSON.stringify(text).slice(1, -1))],
    );
    return found.filter(({ body }) => {
      try {
        return names(JSON.parse(body), wanted);
      } catch {
        return true;
      }
    });
  }
}
