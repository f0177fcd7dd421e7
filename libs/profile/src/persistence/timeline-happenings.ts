import { type Happening, newId } from '@repartee/platform';
import type { NewTimelineEntry } from './timeline-entry.js';

/** Entries of the timeline as the world outside may hear of them. What sources sent is no news to them. */
export function happeningsOf(entries: readonly NewTimelineEntry[]): Happening[] {
  return entries.flatMap(({ id, kind, at, profileId, data = {} }) => {
    const type = typeOf(kind, data as Record<string, unknown>);
    if (type === undefined) return [];
    // A merge bears the id of the profile that went, which may come back and go again.
    return [
      { id: kind === 'merge' ? newId() : id, type, subject: profileId, at, data: { profileId, ...data } },
    ];
  });
}

function typeOf(kind: NewTimelineEntry['kind'], data: Record<string, unknown>): string | undefined {
  switch (kind) {
    case 'delivery':
      return `delivery.${String(data['progress'] ?? data['status'])}`;
    case 'response':
      return `response.${String(data['type'])}`;
    case 'segment':
      return `segment.${String(data['type'])}`;
    case 'merge':
      return 'profile.merged';
    case 'split':
      return 'profile.split';
    default:
      return undefined;
  }
}
