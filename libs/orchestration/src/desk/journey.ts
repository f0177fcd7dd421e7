import type { Classification } from '@repartee/governance/domain';
import type { TimelineEntry } from '@repartee/profile';
import type { JourneyEntry } from './desk-schemas.js';
import { maskProperties } from '../masking/masks.js';

/** A timeline as a desk shows it. @param masked words and contact data are left out */
export function journeyOf(
  entries: readonly TimelineEntry[],
  masked: boolean,
  classification: Classification,
): JourneyEntry[] {
  return entries.map((entry) => {
    const data = (entry.data ?? {}) as Record<string, unknown>;
    const text = (field: string): string | null => {
      const value = data[field];
      return typeof value === 'string' ? value : null;
    };
    const properties = (data['properties'] ?? {}) as Record<string, unknown>;
    const words = entry.kind === 'note' ? text('text') : stringOf(properties['text']);
    const { text: _said, ...rest } = properties;
    return {
      id: entry.id,
      at: entry.at,
      kind: entry.kind,
      type: text('type'),
      name: text('name'),
      channel: text('channel') ?? stringOf(properties['channel']),
      source: text('source'),
      offer: text('offer'),
      treatment: text('treatment'),
      words: masked ? null : words,
      data: shownData(entry, { data, rest }, masked, classification),
    };
  });
}

function shownData(
  { kind }: TimelineEntry,
  { data, rest }: { data: Record<string, unknown>; rest: Record<string, unknown> },
  masked: boolean,
  classification: Classification,
): Record<string, unknown> {
  if (kind === 'event')
    return masked
      ? (maskProperties(stringOf(data['type']), rest, classification) as Record<string, unknown>)
      : rest;
  if (kind === 'note') return masked ? {} : { author: data['author'] };
  const { context: _context, ...others } = data;
  return others;
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
