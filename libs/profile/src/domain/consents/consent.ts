import { byRecency, later } from '../traits/statement.js';

/** `pending`: asked for and not yet confirmed (double opt-in). It permits nothing. */
export const consentStatuses = ['granted', 'denied', 'pending'] as const;
export type ConsentStatus = (typeof consentStatuses)[number];

/** What shows that a consent was given as it should be. */
export interface ConsentProof {
  /** The text that was shown. */
  shown?: string;
  /** Where: a form, a page, a call script, with its version. */
  form?: string;
  version?: string;
  /** How: a tick, a click in a mail, by word. */
  method?: string;
  ip?: string;
  /** Who entered it: the key of the caller. */
  by?: string;
}

/** One word about one consent. */
export interface ConsentStatement {
  status: ConsentStatus;
  /** Event time, milliseconds since the epoch. */
  at: number;
  eventId: string;
  source: string;
  proof?: ConsentProof;
  /** Said along with every event, as SDKs do; no step of its own. */
  ambient?: true;
  /** The more restrictive word of two people who turned out to be one: it stands as if it had been said last. */
  merged?: true;
}

/** The word that stands, and those before and beside it, newest first. */
export interface ConsentEntry extends ConsentStatement {
  history?: ConsentStatement[];
}

/** Words that are kept of one consent, beside the latest ambient ones. */
const MAX_DECIDED = 20;
const MAX_PENDING = 5;

/** Brings a word into a consent: the person's own latest word stands. Every order of arrival ends the same. */
export function hearConsent(held: ConsentEntry | undefined, said: ConsentStatement): ConsentEntry {
  if (!held) return said;
  const repeated = held.ambient && said.ambient && held.status === said.status && !held.history;
  if (repeated) return later(held, said) ? held : said;
  return settle([...statementsOf(held), said]);
}

/**
 * Where two people turn out to be one, the more restrictive word counts, until a newer one is heard: nobody is written
 * to who said no.
 */
export function joinConsents(a: ConsentEntry | undefined, b: ConsentEntry): ConsentEntry {
  if (!a) return b;
  const joined = settle([...statementsOf(a), ...statementsOf(b)]);
  const strict = restriction(a.status) >= restriction(b.status) ? a : b;
  if (joined.status === strict.status) return joined;
  const latest = [a, b].sort(byRecency)[0] ?? strict;
  const { status, source } = strict;
  // Sorts after the word that it overrules, and before any newer one.
  const kept: ConsentStatement = {
    status,
    source,
    at: latest.at,
    eventId: `${latest.eventId}~`,
    merged: true,
  };
  return settle([...statementsOf(joined), kept]);
}

function restriction(status: ConsentStatus): number {
  return { granted: 0, pending: 1, denied: 2 }[status];
}

function statementsOf({ history, ...standing }: ConsentEntry): ConsentStatement[] {
  return [standing, ...(history ?? [])];
}

function settle(statements: ConsentStatement[]): ConsentEntry {
  const kept = bounded(statements).sort(byRecency);
  const standing = standingOf(kept);
  const history = kept.filter((one) => one !== standing);
  return history.length > 0 ? { ...standing, history } : standing;
}

/** The latest words; of those said along with every event, the latest of each status. */
function bounded(statements: ConsentStatement[]): ConsentStatement[] {
  const byId = new Map<string, ConsentStatement>();
  for (const one of statements)
    byId.set(one.ambient ? `ambient ${one.status}` : one.eventId, newer(byId, one));
  const all = [...byId.values()].sort(byRecency);
  const deliberate = all.filter((one) => !one.ambient);
  return [
    ...all.filter((one) => one.ambient),
    ...deliberate.filter(isDecided).slice(0, MAX_DECIDED),
    ...deliberate.filter((one) => !isDecided(one)).slice(0, MAX_PENDING),
  ];
}

function newer(byId: Map<string, ConsentStatement>, one: ConsentStatement): ConsentStatement {
  const held = byId.get(one.ambient ? `ambient ${one.status}` : one.eventId);
  return held && later(held, one) ? held : one;
}

function isDecided({ status, merged }: ConsentStatement): boolean {
  return status !== 'pending' || merged === true;
}

/** Asking again takes nothing away from who has agreed; it is a start for who has not. */
function standingOf(sorted: ConsentStatement[]): ConsentStatement {
  const pending = sorted.find((one) => !isDecided(one));
  const decided = sorted.find(isDecided);
  const standing = !decided
    ? pending
    : pending && later(pending, decided) && decided.status === 'denied'
      ? pending
      : decided;
  if (!standing) throw new Error('a consent without a word');
  return standing;
}
