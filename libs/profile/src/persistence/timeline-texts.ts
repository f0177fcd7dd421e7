import { Inject, Injectable } from '@nestjs/common';
import { Clock, newId, type Transaction } from '@repartee/platform';
import { findEntities, type RecordEvent, textsOf } from '../domain/index.js';
import { TraitBooks } from './trait-books.js';

/** An event with the identifiers of the person it belongs to, which are no news. */
export interface TextEvent {
  event: RecordEvent;
  known: readonly { namespace: string; value: string }[];
}

/** Keeps the free text of events, to be searched, and what in it may tell who it is about. */
@Injectable()
export class TimelineTexts {
  constructor(
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Keeps the texts of events. Done again it changes nothing. */
  async keep(tx: Transaction, events: readonly TextEvent[]): Promise<void> {
    const book = this.books.current;
    const documents = events.flatMap(({ event, known }) =>
      textsOf(event, book).map((document) => ({ ...document, known })),
    );
    if (documents.length === 0) return;
    await tx.query(
      `INSERT INTO timeline_text (event_id, part, kind, text, words)
       SELECT event_id, part, kind, text, to_tsvector('simple', text)
       FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[]) AS t(event_id, part, kind, text)
       ON CONFLICT DO NOTHING`,
      [
        documents.map((document) => document.eventId),
        documents.map((document) => document.part),
        documents.map((document) => document.kind),
        documents.map((document) => document.text),
      ],
    );
    const hints = documents.flatMap(({ eventId, text, known }) =>
      findEntities(text)
        .filter((one) => !known.some((held) => held.namespace === one.namespace && held.value === one.value))
        .map((entity) => ({ ...entity, eventId })),
    );
    if (hints.length === 0) return;
    await tx.query(
      `INSERT INTO entity_hint (id, event_id, namespace, value, excerpt, state, found_at)
       SELECT id, event_id, namespace, value, excerpt, 'open', $6
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
         AS t(id, event_id, namespace, value, excerpt)
       ON CONFLICT DO NOTHING`,
      [
        hints.map(() => newId()),
        hints.map((hint) => hint.eventId),
        hints.map((hint) => hint.namespace),
        hints.map((hint) => hint.value),
        hints.map((hint) => hint.excerpt),
        new Date(this.clock.now()),
      ],
    );
  }
}
