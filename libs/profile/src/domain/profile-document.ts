import type { Standing } from '@repartee/governance/domain';
import {
  type ConsentEntry,
  type ConsentProof,
  type ConsentStatement,
  type ConsentStatus,
} from './consents/consent.js';
import { consentSubject } from './consents/consent-scope.js';
import type { GoldenRecord } from './golden-record.js';
import { mayUseProfile } from './profile-use.js';
import { computedTraits, segmentsIn, standing, standingValues } from './profile-view.js';
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

/** One word about a consent. */
export interface ConsentWordDocument {
  status: ConsentStatus;
  at: string;
  source: string;
  eventId: string;
  proof?: ConsentProof;
}

/** A consent: for which channel and purpose, or for which use of data, what stands and what was said before. */
export interface ConsentDocument extends ConsentWordDocument {
  purpose: string;
  channel?: string;
  dataUse?: string;
  /** Said to one sender, or to one brand, alone. */
  brand?: string;
  sender?: string;
  /** Newest first. */
  history?: ConsentWordDocument[];
}

/** A golden record as the API shows it. */
export interface ProfileDocument {
  id: string;
  version: number;
  identifiers: { namespace: string; value: string; verified: boolean }[];
  traits: Record<string, unknown>;
  /** Trait → who said it, when, whether that was proved, and what others said. */
  lineage: Record<string, LineageDocument>;
  /** By name: `email`, `newsletter/email`, `all/sms@+14155550100`, `data:analytics`. */
  consents: Record<string, ConsentDocument>;
  preferences: Record<string, unknown>;
  segments: string[];
  computed: Record<string, unknown>;
  /** Ids of profiles merged into this one. */
  mergedIds: string[];
  firstSeen: string;
  lastSeen: string;
}

function consentWord({ status, at, source, eventId, proof }: ConsentStatement): ConsentWordDocument {
  return { status, at: new Date(at).toISOString(), source, eventId, ...(proof && { proof }) };
}

function consentDocument(key: string, entry: ConsentEntry): ConsentDocument {
  return {
    ...consentWord(entry),
    ...consentSubject(key),
    ...(entry.history && { history: entry.history.map(consentWord) }),
  };
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

/**
 * @param personStanding who may not be profiled is in no segment
 * @param now milliseconds since the epoch
 */
export function profileDocument(
  record: GoldenRecord,
  book: TraitBook,
  personStanding: Standing,
  now: number,
): ProfileDocument {
  const traits = standing(record.traits);
  return {
    id: record.id,
    version: record.version,
    identifiers: record.identifiers,
    traits: standingValues(record.traits),
    lineage: Object.fromEntries(
      Object.entries(traits).map(([name, entry]) => [
        name,
        lineage(entry, policyOf(book, name).rule, book.rankOf),
      ]),
    ),
    consents: Object.fromEntries(
      Object.entries(record.consents).map(([key, entry]) => [key, consentDocument(key, entry)]),
    ),
    preferences: standingValues(record.preferences ?? {}),
    segments: mayUseProfile(personStanding, record) ? segmentsIn(record, book, now) : [],
    computed: computedTraits(record, book, now),
    mergedIds: record.family.filter((id) => id !== record.id),
    firstSeen: new Date(record.firstSeen).toISOString(),
    lastSeen: new Date(record.lastSeen).toISOString(),
  };
}
