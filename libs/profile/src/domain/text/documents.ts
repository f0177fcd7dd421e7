import { valuesAt } from '../path.js';
import { eventName, object, type RecordEvent } from '../record-event.js';
import type { TraitBook } from '../trait-book.js';
import type { TextKind } from './text-source.js';

/** A piece of free text that came with an event. */
export interface TextDocument {
  eventId: string;
  /** Its number among the texts of one event. */
  part: number;
  kind: TextKind;
  text: string;
}

const MAX_PARTS = 20;

/** The free text of an event: a note's own, and what lies at the declared places. */
export function textsOf(event: RecordEvent, book: TraitBook): TextDocument[] {
  const found: { kind: TextKind; text: string }[] = [];
  if (event.type === 'note') {
    const { text, kind } = object(event.payload['note']);
    if (typeof text === 'string') found.push({ kind: (kind ?? 'note') as TextKind, text });
  }
  for (const { path, kind } of book.texts.get(eventName(event) ?? '') ?? []) {
    for (const value of valuesAt(event.payload, path))
      if (typeof value === 'string' && value.trim() !== '') found.push({ kind, text: value });
  }
  return found.slice(0, MAX_PARTS).map((one, part) => ({ eventId: event.id, part, ...one }));
}
