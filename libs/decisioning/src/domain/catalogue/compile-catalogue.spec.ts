import { uncheckedContent, webCatalogue } from '../testing/sample-catalogue.js';
import { catalogueSchema, type CatalogueEntries } from './catalogue-schema.js';
import { compileCatalogue } from './compile-catalogue.js';
import { issuesOf } from './issue.js';

function compile(catalogue: CatalogueEntries) {
  return compileCatalogue(catalogue, { compiledContent: uncheckedContent(catalogue) });
}

function issues(catalogue: CatalogueEntries) {
  const compiled = compile(catalogue);
  return compiled.ok ? [] : compiled.failure;
}

const cart = { key: 'cart', name: 'Cart', value: 12 };

describe('compiling a catalogue', () => {
  it('arranges offers by key and candidates by zone', () => {
    const compiled = compile(
      webCatalogue([
        { ...cart, key: 'zebra' },
        { ...cart, key: 'apple', lever: 50 },
      ]),
    );
    if (!compiled.ok) throw new Error('refused');
    expect(compiled.value.offers.map((offer) => [offer.key, offer.lever])).toEqual([
      ['apple', 1.5],
      ['zebra', 1],
    ]);
    const zone = compiled.value.zones.get('home.hero');
    expect(zone?.candidates.map(({ treatment }) => treatment.key)).toEqual(['apple.web', 'zebra.web']);
    expect(zone?.fallback).toEqual({ headline: 'Welcome' });
  });

  it('compiles a rule that many offers share once', () => {
    const eligibility = 'profile.known';
    const compiled = compile(
      webCatalogue([
        { ...cart, key: 'a', eligibility },
        { ...cart, key: 'b', eligibility, contextWeights: [{ when: 'context.page == "cart"', weight: 2 }] },
        { ...cart, key: 'c', eligibility: 'now > timestamp("2026-01-01T00:00:00Z")' },
      ]),
    );
    const rules = compiled.ok ? compiled.value.rules : [];
    expect(rules.map(({ rule, profileOnly }) => [rule.source, profileOnly])).toEqual([
      [eligibility, true],
      ['context.page == "cart"', false],
      ['now > timestamp("2026-01-01T00:00:00Z")', false],
    ]);
  });

  it('refuses what does not exist, is there twice or belongs to another channel', () => {
    const catalogue = webCatalogue([cart, cart], {
      zones: [{ key: 'inbox', channel: 'email' }],
      treatments: [
        { key: 'x', offer: 'nothing', channel: 'web', zones: ['home.hero', 'nowhere', 'inbox'], content: {} },
      ],
    });
    expect(issues(catalogue)).toEqual([
      { pointer: '#/offers/1/key', message: 'the key cart is there twice' },
      { pointer: '#/treatments/1/key', message: 'the key cart.web is there twice' },
      { pointer: '#/treatments/2/offer', message: 'there is no offer nothing' },
      { pointer: '#/treatments/2/zones/1', message: 'there is no zone nowhere' },
      {
        pointer: '#/treatments/2/zones/2',
        message: 'the zone inbox belongs to channel email, the treatment to web',
      },
    ]);
  });

  it('refuses rules that do not type-check, and says where in the rule', () => {
    const found = issues(
      webCatalogue([
        { ...cart, eligibility: 'profile.known && ' },
        {
          ...cart,
          key: 'b',
          eligibility: 'person.known',
          contextWeights: [{ when: '1 + 1', weight: 2 }],
        },
      ]),
    );
    expect(found.map((issue) => issue.pointer)).toEqual([
      '#/offers/0/eligibility',
      '#/offers/1/eligibility',
      '#/offers/1/contextWeights/0/when',
    ]);
    for (const issue of found) expect(issue.offset).toBeGreaterThanOrEqual(0);
  });

  it('points at rules of issues and groups, and at issues that do not exist', () => {
    const entries = {
      issues: [{ key: 'sell', suitability: 'profile.' }],
      groups: [
        { key: 'roasts', issue: 'keep' },
        { key: 'tools', issue: 'sell', applicability: '1' },
      ],
    };
    const catalogue = { ...webCatalogue([]), ...catalogueSchema.parse(entries), zones: [] };
    expect(issues(catalogue).map((issue) => issue.pointer)).toEqual([
      '#/groups/0/issue',
      '#/issues/0/suitability',
      '#/groups/1/applicability',
    ]);
  });

  it('refuses a window that ends before it begins', () => {
    const window = { validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' };
    expect(issues(webCatalogue([{ ...cart, ...window }]))).toEqual([
      { pointer: '#/offers/0/validUntil', message: 'must be later than validFrom' },
    ]);
  });

  it('refuses content that nobody compiled', () => {
    const catalogue = webCatalogue([cart]);
    const empty = { treatments: new Map(), fallbacks: new Map() };
    const compiled = compileCatalogue(catalogue, { compiledContent: empty });
    expect(compiled.ok ? [] : compiled.failure.map((issue) => issue.pointer)).toEqual([
      '#/treatments/0/content',
      '#/zones/0/fallback',
    ]);
  });
});

describe('the schema of a catalogue', () => {
  const pointers = (document: unknown) => {
    const parsed = catalogueSchema.safeParse(document);
    return parsed.success ? [] : issuesOf(parsed.error).map((issue) => issue.pointer);
  };

  it('fills in what has a default', () => {
    const { offers, prune } = catalogueSchema.parse({ offers: [cart] });
    expect(offers[0]).toEqual({ ...cart, lever: 0, contextWeights: [], repeatable: false });
    expect(prune).toBe(false);
  });

  it('points at what is wrong', () => {
    expect(pointers({ offers: [{ ...cart, value: '12' }] })).toEqual(['#/offers/0/value']);
    expect(pointers({ offers: [{ ...cart, lever: -101, validFrom: 'tomorrow' }] }).sort()).toEqual([
      '#/offers/0/lever',
      '#/offers/0/validFrom',
    ]);
    expect(pointers({ zones: [{ key: 'a b', channel: 'web' }] })).toEqual(['#/zones/0/key']);
    expect(pointers({ offers: [{ ...cart, colour: 'red' }] })).toEqual(['#/offers/0']);
    expect(pointers([])).toEqual(['#']);
  });

  it('refuses what the database cannot keep', () => {
    expect(pointers({ offers: [{ ...cart, name: 'a\0b' }] })).toEqual(['#/offers/0/name']);
    expect(pointers({ zones: [{ key: 'a', channel: 'web', fallback: { headline: '\ud800' } }] })).toEqual([
      '#/zones/0/fallback/headline',
    ]);
    let deep: unknown = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    expect(pointers({ zones: [{ key: 'a', channel: 'web', fallback: { deep } }] })).toHaveLength(1);
  });
});
