import type { GoldenRecord } from './golden-record.js';
import { computedTraits } from './profile-view.js';

/** A golden record as the API shows it. */
export interface ProfileDocument {
  id: string;
  version: number;
  identifiers: { namespace: string; value: string; verified: boolean }[];
  traits: Record<string, unknown>;
  /** Trait → who said it, when, and whether that was proved. */
  lineage: Record<string, { source: string; at: string; eventId: string; verified: boolean }>;
  consents: Record<string, { status: string; at: string; source: string }>;
  segments: string[];
  computed: Record<string, unknown>;
  /** Ids of profiles merged into this one. */
  mergedIds: string[];
  firstSeen: string;
  lastSeen: string;
}

function mapEntries<A, B>(source: Record<string, A>, to: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, to(value)]));
}

export function profileDocument(record: GoldenRecord): ProfileDocument {
  return {
    id: record.id,
    version: record.version,
    identifiers: record.identifiers,
    traits: mapEntries(record.traits, (entry) => entry.value),
    lineage: mapEntries(record.traits, ({ source, at, eventId, verified }) => ({
      source,
      at: new Date(at).toISOString(),
      eventId,
      verified,
    })),
    consents: mapEntries(record.consents, ({ status, at, source }) => ({
      status,
      at: new Date(at).toISOString(),
      source,
    })),
    segments: [],
    computed: computedTraits(record),
    mergedIds: record.family.filter((id) => id !== record.id),
    firstSeen: new Date(record.firstSeen).toISOString(),
    lastSeen: new Date(record.lastSeen).toISOString(),
  };
}
