import fc from 'fast-check';
import { DEFAULT_POLICIES, type NamespacePolicies } from '../namespace-policy.js';
import { evidenceOf, type IdentityEvent, type Link, linkKey, type SignOut } from './evidence.js';
import { findOwner } from './find-owner.js';
import { type GraphReader, type HeldRow, loadComponent } from './load-component.js';
import { claimKey, isClaim } from './node.js';
import type { Verdict } from './partition.js';
import { allSeeds, byKey, newsOf } from './resolution.js';
import { settle } from './settle.js';

/** Small limits, so that they are met. */
const POLICIES: NamespacePolicies = {
  ...DEFAULT_POLICIES,
  email: { priority: 2, limit: 2, strong: true, sharedAbove: 2 },
  phone: { priority: 3, limit: 2, strong: false, sharedAbove: 2 },
  anonymous_id: { priority: 4, limit: 2, strong: false, sharedAbove: 2 },
};

/** The graph in memory, worked out as the store does: only what new evidence touches. */
class Graph {
  private rows = new Map<string, HeldRow>();
  private readonly links = new Map<string, Link>();
  private readonly signOuts: SignOut[] = [];
  private made = 0;

  constructor(private readonly verdicts: Verdict[]) {}

  private readonly past: IdentityEvent[] = [];

  /** Events processed before may need a profile of their own once a device turns out to have changed hands. */
  async tell(events: IdentityEvent[]): Promise<void> {
    await this.once(events);
    this.past.push(...events);
    await this.once(this.past.filter((event) => this.ownerOf(event) === undefined));
  }

  private ownerOf(event: IdentityEvent): string | undefined {
    const rows = byKey(this.rows.values());
    const { anchors } = evidenceOf(event, POLICIES);
    return findOwner(anchors, event.at, (key) => rows.get(key) ?? [])?.profileId ?? undefined;
  }

  private async once(events: IdentityEvent[]): Promise<void> {
    const told = events.map((event) => ({ event, evidence: evidenceOf(event, POLICIES) }));
    const stored = { rows: byKey(this.rows.values()), links: this.links };
    const news = told.map(({ event, evidence }) => newsOf(evidence, event.at, stored, POLICIES));
    const seeds = allSeeds(news);
    if (seeds.size === 0) return;
    const found = await loadComponent(this.reader(), seeds, POLICIES);
    const fresh = {
      links: news.flatMap((one) => one.links),
      signOuts: news.flatMap((one) => one.signOuts),
      told,
    };
    const { plan } = settle(found, fresh, POLICIES, (_, needed) =>
      needed ? `p${String((this.made += 1)).padStart(4, '0')}` : undefined,
    );
    for (const row of plan.vanished) this.rows.delete(`${row.key}/${row.since}`);
    for (const row of plan.rows) this.rows.set(`${row.key}/${row.since}`, row);
    for (const link of fresh.links) {
      const held = this.links.get(linkKey(link));
      if (!held || link.at < held.at || (link.at === held.at && link.eventId < held.eventId))
        this.links.set(linkKey(link), link);
    }
    this.signOuts.push(...fresh.signOuts);
  }

  /** Who each event belongs to, as groups of events: names of profiles do not matter. */
  people(events: IdentityEvent[]): string[] {
    const groups = new Map<string, string[]>();
    for (const event of events) {
      const owner = this.ownerOf(event) ?? 'nobody';
      groups.set(owner, [...(groups.get(owner) ?? []), event.id]);
    }
    return [...groups]
      .map(([owner, ids]) => `${owner === 'nobody' ? '-' : ''}${ids.sort().join(' ')}`)
      .sort();
  }

  /** Which identifiers are one profile's, of those to whom something happened. */
  identifiers(): string[] {
    const lived = new Set(this.past.map((event) => this.ownerOf(event)));
    const groups = new Map<string, string[]>();
    for (const { key, since, profileId, verified } of this.rows.values()) {
      if (profileId === null || isClaim(key) || !lived.has(profileId)) continue;
      groups.set(profileId, [...(groups.get(profileId) ?? []), `${key}@${since}${verified ? '' : '?'}`]);
    }
    return [...groups.values()].map((keys) => keys.sort().join(' ')).sort();
  }

  private reader(): GraphReader {
    return {
      read: (keys) => {
        const asked = new Set(keys);
        const own = [...this.rows.values()].filter(({ key }) => asked.has(key));
        const owners = new Set(own.map(({ profileId }) => profileId));
        return Promise.resolve({
          rows: [...this.rows.values()].filter(
            ({ key, profileId }) => asked.has(key) || (profileId !== null && owners.has(profileId)),
          ),
          links: [...this.links.values()].filter(
            ({ a, b }) => asked.has(a) || asked.has(b) || asked.has(claimKey(b, a)),
          ),
          signOuts: this.signOuts.filter(({ device }) => asked.has(device)),
          verdicts: this.verdicts.filter(({ a, b }) => asked.has(a) || asked.has(b)),
          matches: [],
        });
      },
    };
  }
}

const value = fc.constantFrom('1', '2', '3', '4');
const identifier = (namespace: string) => value.map((one) => ({ namespace, value: one }));
const optional = (namespace: string) => fc.option(identifier(namespace), { nil: undefined, freq: 2 });
const drawn = fc
  .tuple(
    optional('user_id'),
    optional('loyalty_id'),
    optional('email'),
    optional('phone'),
    optional('anonymous_id'),
    fc.record({
      at: fc.integer({ min: 1, max: 12 }),
      verified: fc.boolean(),
      signsOut: fc.boolean(),
      formerId: fc.option(value, { nil: undefined, freq: 6 }),
    }),
  )
  .map(([user, loyalty, email, phone, device, { at, verified, signsOut, formerId }]) => ({
    at,
    verified,
    identifiers: [user, loyalty, email, phone, device].filter((one) => one !== undefined),
    ...(signsOut && { signsOut }),
    ...(formerId !== undefined && verified && { formerId }),
  }))
  .filter(({ identifiers }) => identifiers.length > 0);
const events = fc
  .array(drawn, { minLength: 1, maxLength: 14 })
  .map((list) =>
    list.map((event, index): IdentityEvent => ({ id: `e${String(index).padStart(2, '0')}`, ...event })),
  );
const verdicts = fc
  .array(
    fc.record({
      a: fc.constantFrom('user_id:1', 'user_id:2', 'email:1'),
      b: fc.constantFrom('user_id:3', 'email:2', 'loyalty_id:1'),
      verdict: fc.constantFrom<Verdict['verdict']>('same', 'different'),
      at: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 2 },
  )
  .map((list) => list.map((verdict, index): Verdict => ({ id: `v${index}`, ...verdict })));

describe('events in any order, one at a time or all at once', () => {
  it('come to the same people', async () => {
    const world = events.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        verdicts,
        fc.nat(all.length),
      ),
    );
    await fc.assert(
      fc.asyncProperty(world, async ([all, shuffled, words, cut]) => {
        const [atOnce, oneByOne, inTwo] = [new Graph(words), new Graph(words), new Graph(words)];
        await atOnce.tell(all);
        for (const event of shuffled) await oneByOne.tell([event]);
        await inTwo.tell(shuffled.slice(0, cut));
        await inTwo.tell(shuffled.slice(cut));
        expect(oneByOne.people(all)).toEqual(atOnce.people(all));
        expect(oneByOne.identifiers()).toEqual(atOnce.identifiers());
        expect(inTwo.people(all)).toEqual(atOnce.people(all));
        expect(inTwo.identifiers()).toEqual(atOnce.identifiers());
      }),
      { numRuns: 2000 },
    );
  });

  it('prove no claim on a device that a late event shows to be shared', async () => {
    const on = (id: string, at: number, user: string, verified: boolean): IdentityEvent => ({
      id,
      at,
      verified,
      identifiers: [
        { namespace: 'user_id', value: user },
        { namespace: 'anonymous_id', value: 'kiosk' },
      ],
    });
    const first = [on('e0', 1, '3', false), on('e1', 1, '1', false), on('e3', 1, '2', false)];
    const all = [...first, on('e2', 2, '1', true)];
    const [atOnce, late] = [new Graph([]), new Graph([])];
    await atOnce.tell(all);
    for (const event of ['e2', 'e3', 'e0', 'e1'].map((id) => all.find((one) => one.id === id)!))
      await late.tell([event]);
    expect(late.people(all)).toEqual(['e0', 'e1', 'e2', 'e3']);
    expect(atOnce.people(all)).toEqual(late.people(all));
  });

  it('leave no event without a person', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        const graph = new Graph([]);
        for (const event of all) await graph.tell([event]);
        expect(graph.people(all).filter((group) => group.startsWith('-'))).toEqual([]);
      }),
    );
  });
});
