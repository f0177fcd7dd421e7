import type { GoldenRecord } from './golden-record.js';
import { computedTraits, standingTraits } from './profile-view.js';
import { policyOf, type TraitBook } from './trait-book.js';
import type { Party, RankOf } from './traits/source-rank.js';
import type { Candidate } from './traits/statement.js';
import type { TraitEntry } from './traits/surviving-trait.js';
import type { TraitRule } from './traits/trait-policy.js';

/** Where a value comes from. */
export interface StatementDocument {
  source: string;
  at: string;
  eventId: string;
  verified: boolean;
  party: Party;
}

/** Where the value of a trait comes from, which rule chose it, and what lost. */
export interface LineageDocument extends StatementDocument {
  rule: TraitRule;
  others?: (StatementDocument & { value: unknown; count?: number })[];
}

/** A golden record as the API shows it. */
export interface ProfileDocument {
  id: string;
  version: number;
  identifiers: { namespace: string; value: string; verified: boolean }[];
  traits: Record<string, unknown>;
  /** Trait → who said it, when, whether that was proved, and what others said. */
  lineage: Record<string, LineageDocument>;
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

function statement({ source, at, eventId, verified }: Candidate, rankOf: RankOf): StatementDocument {
  return { source, at: new Date(at).toISOString(), eventId, verified, party: rankOf(source).party };
}

function lineage(entry: TraitEntry, rule: TraitRule, rankOf: RankOf): LineageDocument {
  return {
    ...statement(entry, rankOf),
    rule,
    ...(entry.others && {
      others: entry.others.map((other) => ({
        value: other.value,
        ...statement(other, rankOf),
        ...(other.count !== undefined && { count: other.count }),
      })),
    }),
  };
}

/** @param now milliseconds since the epoch */
export function profileDocument(record: GoldenRecord, book: TraitBook, now: number): ProfileDocument {
  const traits = standingTraits(record);
  return {
    id: record.id,
    version: record.version,
    identifiers: record.identifiers,
    traits: mapEntries(traits, (entry) => entry.value),
    lineage: Object.fromEntries(
      Object.entries(traits).map(([name, entry]) => [
        name,
        lineage(entry, policyOf(book, name).rule, book.rankOf),
      ]),
    ),
    consents: mapEntries(record.consents, ({ status, at, source }) => ({
      status,
      at: new Date(at).toISOString(),
      source,
    })),
    segments: [],
    computed: computedTraits(record, book, now),
    mergedIds: record.family.filter((id) => id !== record.id),
    firstSeen: new Date(record.firstSeen).toISOString(),
    lastSeen: new Date(record.lastSeen).toISOString(),
  };
}
