import fc from 'fast-check';
import { compileScore } from '../rule.js';
import type { Statement } from './statement.js';
import { hearTrait, joinTraits, reconcileTraits, type TraitEntry } from './surviving-trait.js';
import { defaultRank, type RankOf } from './source-rank.js';
import { MOST_RECENT, type TraitPolicy, traitRules } from './trait-policy.js';

const ranks: RankOf = (source) => ({ rank: { crm: 90, shop: 60 }[source] ?? 10, party: 'first' });

function policy(rule: TraitPolicy['rule'], score?: string): TraitPolicy {
  const compiled = score === undefined ? undefined : compileScore(score);
  if (compiled && !compiled.ok) throw new Error(compiled.failure.message);
  return { rule, revision: 1, ...(compiled && { score: compiled.value }) };
}

const policies: TraitPolicy[] = traitRules.map((rule) =>
  rule === 'custom' ? policy(rule, 'double(candidate.rank) + double(candidate.count) / 10.0') : policy(rule),
);

function heard(statements: Statement[], by: TraitPolicy, rankOf = ranks): TraitEntry {
  let entry: TraitEntry | undefined;
  for (const one of statements) entry = hearTrait(entry, one, by, rankOf);
  if (!entry) throw new Error('nobody said anything');
  return entry;
}

let said = 0;
const say = (value: unknown, source = 'shop', at = (said += 1), verified = true): Statement => ({
  value,
  at,
  eventId: `e${at}`,
  source,
  verified,
});

const statements = fc
  .array(
    fc.record({
      value: fc.constantFrom<unknown>('a', 'bb', 'ccc', 4, null),
      source: fc.constantFrom('crm', 'shop', 'app'),
      at: fc.integer({ min: 0, max: 6 }),
      verified: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((drawn) => drawn.map((one, index): Statement => ({ ...one, eventId: `e${index}` })));

/** The oracle: chooses among all statements at once, as the documentation says. */
function chosen(all: Statement[], { rule }: TraitPolicy): unknown {
  const newer = (a: Statement, b: Statement) => a.at - b.at || (a.eventId > b.eventId ? 1 : -1);
  const removed = all
    .filter((one) => one.value === null)
    .sort(newer)
    .at(-1);
  const standing = all.filter((one) => one.value !== null && (!removed || newer(one, removed) > 0));
  const latest = [
    ...new Map(standing.toSorted(newer).map((one) => [`${one.source}${one.verified}`, one])).values(),
  ];
  const weight = (one: Statement) =>
    rule === 'most_trusted' ? ranks(one.source).rank : rule === 'longest' ? String(one.value).length : 0;
  const best = latest.sort(
    (a, b) => Number(a.verified) - Number(b.verified) || weight(a) - weight(b) || newer(a, b),
  );
  return best.at(-1)?.value ?? null;
}

describe('surviving traits', () => {
  it('are the same in any order of arrival, under every rule', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...policies),
        statements.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        (by, [all, shuffled]) => expect(heard(shuffled, by)).toEqual(heard(all, by)),
      ),
    );
  });

  it('join as if one person had said it all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...policies), statements, fc.nat(), (by, all, cut) => {
        const middle = 1 + (cut % all.length);
        const [a, b] = [all.slice(0, middle), all.slice(middle)];
        fc.pre(b.length > 0);
        expect(joinTraits(heard(a, by), heard(b, by), by, ranks)).toEqual(heard(all, by));
      }),
    );
  });

  it('stay as they are when the same statements are read again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...policies), statements, (by, all) => {
        const entry = heard(all, by);
        expect(reconcileTraits(entry, entry, by, ranks)).toEqual(entry);
      }),
    );
  });

  it('are those that the rules name', () => {
    const rules = policies.filter(({ rule }) => ['most_recent', 'most_trusted', 'longest'].includes(rule));
    fc.assert(
      fc.property(fc.constantFrom(...rules), statements, (by, all) => {
        expect(heard(all, by).value).toEqual(chosen(all, by));
      }),
    );
  });

  it('keep nothing beside the value while one source speaks', () => {
    const entry = heard([say('x'), say('y'), say('z')], MOST_RECENT);
    expect(entry).toEqual({ ...entry, value: 'z' });
    expect(Object.keys(entry)).toEqual(['value', 'at', 'eventId', 'source', 'verified']);
  });

  it('count what is said most', () => {
    const all = [say('Ann'), say('Ann', 'crm'), say('Anne'), say('Anne'), say('Ann')];
    expect(heard(all, policy('most_frequent'))).toMatchObject({
      value: 'Ann',
      count: 2,
      others: { length: 2 },
    });
  });

  it('follow a score of their own, and come last where it cannot be told', () => {
    const by = policy('custom', 'candidate.party == "first" ? candidate.length : candidate.nowhere');
    const party: RankOf = (source) => ({ rank: 0, party: source === 'bought' ? 'third' : 'first' });
    const all = [say('much too long', 'bought'), say('long', 'shop'), say('no', 'crm')];
    expect(heard(all, by, party).value).toBe('long');
  });

  it('are bounded, whoever speaks', () => {
    const sources = Array.from({ length: 40 }, (_, index) => say(index, `source-${index}`));
    const entry = heard(sources, MOST_RECENT, defaultRank);
    expect(entry).toMatchObject({ value: 39 });
    expect(entry.others).toHaveLength(11);
    expect(heard(sources.toReversed(), MOST_RECENT, defaultRank)).toEqual(entry);
    const values = policy('most_frequent');
    expect(heard(sources, values, defaultRank)).toEqual(heard(sources.toReversed(), values, defaultRank));
    expect(heard(sources, values, defaultRank).others).toHaveLength(31);
  });

  it('are believed when proved, whatever the rule', () => {
    const all = [say('proved', 'shop', 1, true), say('much longer claim', 'crm', 9, false)];
    for (const by of policies) expect(heard(all, by).value).toBe('proved');
  });
});
