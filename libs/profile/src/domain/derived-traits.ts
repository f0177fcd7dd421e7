import { compute, type ComputedState, eventView, joinComputed } from './computed/computed-state.js';
import { emptyRecord, type GoldenRecord } from './golden-record.js';
import { eventName, object, type RecordEvent } from './record-event.js';
import { policyOf, type TraitBook } from './trait-book.js';
import { hearTrait, joinTraits, reconcileTraits, type TraitEntry } from './traits/surviving-trait.js';

const MAX_TRAITS = 200;

/** Brings an event into the traits and computed traits of a record, in place. */
export function reduceDerived(record: GoldenRecord, event: RecordEvent, book: TraitBook): void {
  for (const [name, value] of Object.entries(traitsOf(event))) {
    // Only an edit may say "nothing": SDKs write null for what they do not know.
    if (value === undefined || (value === null && event.type !== 'edit') || name.length > 200) continue;
    hear(record, name, value, event, book);
  }
  if (book.computed.length > 0) count(record, event, book);
}

function traitsOf(event: RecordEvent): Record<string, unknown> {
  const context = object(event.payload['context']);
  const seen: Record<string, unknown> = {};
  if (typeof context['locale'] === 'string') seen['locale'] = context['locale'];
  if (typeof context['timezone'] === 'string') seen['time_zone'] = context['timezone'];
  if (event.type === 'group' && event.payload['groupId'] !== undefined)
    seen['group_id'] = event.payload['groupId'];
  return {
    ...seen,
    ...object(context['traits']),
    ...(event.type === 'identify' || event.type === 'edit' ? object(event.payload['traits']) : {}),
  };
}

function hear(record: GoldenRecord, name: string, value: unknown, event: RecordEvent, book: TraitBook): void {
  const held = Object.hasOwn(record.traits, name) ? record.traits[name] : undefined;
  if (!held && Object.keys(record.traits).length >= MAX_TRAITS) return;
  const said = {
    value,
    at: event.occurredAt,
    eventId: event.id,
    source: event.source,
    verified: event.verified,
  };
  record.traits[name] = hearTrait(held, said, policyOf(book, name), book.rankOf);
}

/** Computed traits that the record is not complete for wait: they will be read from the log, this event among them. */
function count(record: GoldenRecord, event: RecordEvent, book: TraitBook): void {
  const traits = book.byEvent.get(eventName(event) ?? '');
  if (!traits) return;
  const view = eventView(event);
  for (const trait of traits) {
    if (trait.revision > (record.book ?? 0)) continue;
    const state = compute(record.computed?.[trait.key], event, trait, view);
    if (state) record.computed = { ...record.computed, [trait.key]: state };
  }
}

/** Joins the traits and computed traits of two people who turn out to be one. */
export function joinDerived(
  a: GoldenRecord,
  b: GoldenRecord,
  book: TraitBook,
): Pick<GoldenRecord, 'traits' | 'computed' | 'book'> {
  const traits: Record<string, TraitEntry> = { ...a.traits };
  for (const [name, theirs] of Object.entries(b.traits)) {
    const ours = Object.hasOwn(traits, name) ? traits[name] : undefined;
    traits[name] = ours ? joinTraits(ours, theirs, policyOf(book, name), book.rankOf) : theirs;
  }
  // What one of both is not complete for, the joined record is not complete for.
  const complete = Math.min(a.book ?? 0, b.book ?? 0);
  const computed: Record<string, ComputedState> = {};
  for (const trait of book.computed) {
    const [ours, theirs] = [a.computed?.[trait.key], b.computed?.[trait.key]];
    const joined = ours && theirs ? joinComputed(ours, theirs, trait) : (ours ?? theirs);
    if (joined && trait.revision <= complete) computed[trait.key] = joined;
  }
  return { traits, computed: orNone(computed), book: complete || undefined };
}

function orNone<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

/**
 * Makes a record complete for a newer trait book: give it all events of its person, then take the result. What is new
 * or changed is counted from the log; what the log has forgotten of a trait stays known.
 */
export class RecordCompletion {
  private readonly fresh: GoldenRecord;
  private readonly since: number;
  private readonly changed: TraitBook;

  constructor(
    private readonly record: GoldenRecord,
    private readonly book: TraitBook,
  ) {
    this.since = record.book ?? 0;
    this.fresh = emptyRecord(record.id, book.revision);
    const isNewer = ({ revision }: { revision: number }) => revision > this.since;
    this.changed = {
      ...book,
      computed: book.computed.filter(isNewer),
      byEvent: new Map([...book.byEvent].map(([name, traits]) => [name, traits.filter(isNewer)])),
    };
  }

  add(event: RecordEvent): void {
    reduceDerived(this.fresh, event, this.changed);
  }

  /** Writes the result into the record. */
  finish(): void {
    for (const [name, policy] of this.book.policies) {
      const held = Object.hasOwn(this.record.traits, name) ? this.record.traits[name] : undefined;
      const read = Object.hasOwn(this.fresh.traits, name) ? this.fresh.traits[name] : undefined;
      if (policy.revision <= this.since || !held) continue;
      this.record.traits[name] = reconcileTraits(held, read ?? held, policy, this.book.rankOf);
    }
    const computed: Record<string, ComputedState> = {};
    for (const trait of this.book.computed) {
      const from = trait.revision > this.since ? this.fresh : this.record;
      const state = from.computed?.[trait.key];
      if (state) computed[trait.key] = state;
    }
    const kept = orNone(computed);
    if (kept) this.record.computed = kept;
    else delete this.record.computed;
    this.record.book = this.book.revision;
  }
}
