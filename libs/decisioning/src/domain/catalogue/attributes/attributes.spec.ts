import fc from 'fast-check';
import { ruleTypes } from '@repartee/profile/domain';
import { decide } from '../../decide/index.js';
import { person, snapshotOf, uncheckedContent, webCatalogue } from '../../testing/sample-catalogue.js';
import { type CatalogueDocument, catalogueSchema, type CatalogueEntries } from '../catalogue-schema.js';
import { compileCatalogue } from '../compile-catalogue.js';
import { mergeCatalogue } from '../merge-catalogue.js';
import { attributeTypes, attributeValueSchema, flawOfValue } from './attribute-schema.js';

const ISSUES = [{ key: 'sell', attributes: [{ name: 'margin', type: 'number' as const, default: 1 }] }];
const GROUP = {
  key: 'loans',
  issue: 'sell',
  attributes: [
    { name: 'rate', type: 'number' as const, required: true },
    { name: 'tier', type: 'enum' as const, values: ['gold', 'silver'], default: 'silver' },
    { name: 'until', type: 'date' as const },
    { name: 'fee', type: 'money' as const },
  ],
};
const loan = (key: string, attributes: Record<string, unknown> = {}, more: object = {}) =>
  ({
    key,
    name: key,
    value: 1,
    group: 'loans',
    attributes: { rate: 3, ...attributes },
    ...more,
  }) as NonNullable<CatalogueDocument['offers']>[number];
const shop = (offers: CatalogueDocument['offers'], more: CatalogueDocument = {}) =>
  webCatalogue(offers, { issues: ISSUES, groups: [GROUP], ...more });
const issuesOf = (catalogue: CatalogueEntries) => {
  const compiled = compileCatalogue(catalogue, {
    compiledContent: uncheckedContent(catalogue),
    ruleTypes: ruleTypes({}),
  });
  return compiled.ok ? [] : compiled.failure.map(({ pointer, message }) => `${pointer} ${message}`);
};
const shown = (catalogue: CatalogueEntries, profile = person()) => {
  const snapshot = snapshotOf(catalogue);
  const zone = snapshot.zones.get('home.hero')!;
  const { zones, evaluations } = decide({
    snapshot,
    profile,
    channel: 'web',
    zones: [{ zone, count: 9 }],
    context: {},
    now: Date.UTC(2026, 5, 1),
    propensity: () => 0.5,
  });
  return {
    offers: zones[0]!.choices.map(({ evaluation }) => evaluation.offer.key),
    weights: Object.fromEntries(evaluations.map(({ offer, contextWeight }) => [offer.key, contextWeight])),
    details: Object.fromEntries(evaluations.map(({ offer, detail }) => [offer.key, detail])),
  };
};

describe('attributes of offers', () => {
  it('come from group and issue, with defaults, for templates', () => {
    const snapshot = snapshotOf(shop([loan('a', { tier: 'gold', fee: { amount: 2, currency: 'EUR' } })]));
    expect(snapshot.offersByKey.get('a')?.facts.attributes).toEqual({
      rate: 3,
      tier: 'gold',
      fee: { amount: 2, currency: 'EUR' },
      margin: 1,
    });
  });

  it('are refused at their place when they do not fit, are missing, or nothing declares them', () => {
    expect(
      issuesOf(
        shop([
          loan('a', { tier: 'bronze', until: 'soon', fee: 3, colour: 'red' }),
          { key: 'b', name: 'b', value: 1, group: 'loans' },
          { key: 'c', name: 'c', value: 1, attributes: { rate: 2 } },
        ]),
      ),
    ).toEqual([
      '#/offers/0/attributes/tier tier: must be one of gold, silver',
      '#/offers/0/attributes/until until: must be a date as 2026-01-31, or with time and offset',
      '#/offers/0/attributes/fee fee: must be an amount and a currency',
      '#/offers/0/attributes/colour colour: nothing declares it',
      '#/offers/1/attributes/rate rate: is required',
      '#/offers/2/attributes/rate rate: nothing declares it',
    ]);
  });

  it('want nothing of drafts but that what they say fits', () => {
    const draft = { key: 'd', name: 'd', value: 1, group: 'loans', status: 'draft' as const };
    expect(issuesOf(shop([draft, { ...draft, key: 'e', attributes: { fee: true } }]))).toEqual([
      '#/offers/1/attributes/fee fee: must be an amount and a currency',
    ]);
  });

  it('are checked where they are declared', () => {
    const declared = catalogueSchema.safeParse({
      groups: [
        {
          key: 'g',
          attributes: [
            { name: 'a', type: 'enum' },
            { name: 'b', type: 'number', default: 'many' },
            { name: 'b', type: 'string', values: ['x'] },
          ],
        },
      ],
    });
    expect(declared.error?.issues.map(({ path, message }) => `${path.join('/')} ${message}`)).toEqual([
      'groups/0/attributes/0/values an enum has values, and nothing else has',
      'groups/0/attributes/1/default must be a number',
      'groups/0/attributes/2/values an enum has values, and nothing else has',
      'groups/0/attributes/2/name b is declared twice',
    ]);
    expect(
      issuesOf(shop([], { groups: [{ ...GROUP, attributes: [{ name: 'margin', type: 'string' }] }] })),
    ).toEqual(['#/groups/0/attributes/0/type the issue says number']);
  });

  it('are read by rules and weights, each offer by its own values', () => {
    const weight = { when: 'offer.attributes.tier == "gold"', weight: 3 };
    const catalogue = shop(
      [
        loan('cheap', { tier: 'gold' }, { contextWeights: [weight] }),
        loan('dear', { rate: 9, fee: { amount: 5, currency: 'EUR' } }, { contextWeights: [weight] }),
        loan('over', { rate: 2, until: '2026-05-31' }),
      ],
      {
        groups: [
          {
            ...GROUP,
            eligibility: 'offer.attributes.rate < profile.traits.most',
            suitability: 'has(offer.attributes.until) ? now < offer.attributes.until : true',
          },
        ],
      },
    );
    const found = shown(catalogue, person({ traits: { most: 5 } }));
    expect(found.offers).toEqual(['cheap']);
    expect(found.weights['cheap']).toBe(3);
    expect(shown(catalogue, person({ traits: { most: 10 } })).offers).toEqual(['cheap', 'dear']);
    expect(shown(catalogue).details['cheap']).toBe('No such key: most');
  });

  it('that are not known make a rule unknown', () => {
    const found = shown(shop([loan('a', {}, { eligibility: 'offer.attributes.fee.amount < 3.0' })]));
    expect(found.offers).toEqual([]);
    expect(found.details['a']).toBe('No such key: fee');
  });

  it('are type-checked in rules, at each level by what it declares', () => {
    expect(
      issuesOf(
        shop(
          [
            loan('a', {}, { eligibility: 'offer.attributes.rate == "low"' }),
            loan('b', {}, { contextWeights: [{ when: 'offer.attributes.colour == "red"', weight: 2 }] }),
            { key: 'c', name: 'c', value: 1, suitability: 'offer.attributes.rate > 1.0' },
          ],
          { issues: [{ ...ISSUES[0]!, applicability: 'offer.attributes.rate > 1.0' }] },
        ),
      ),
    ).toEqual([
      '#/issues/0/applicability No such key: rate',
      '#/offers/0/eligibility no such overload: double == string',
      '#/offers/1/contextWeights/0/when No such key: colour',
      '#/offers/2/suitability No such key: rate',
    ]);
  });

  it('that say the same share a rule, and its verdicts', () => {
    const catalogue = shop(
      Array.from({ length: 30 }, (_, index) =>
        loan(`o${index}`, { tier: index % 2 ? 'gold' : 'silver', rate: index }),
      ),
      { groups: [{ ...GROUP, eligibility: 'offer.attributes.tier == "gold"' }] },
    );
    const { rules } = snapshotOf(catalogue);
    expect(rules.map(({ profileOnly }) => profileOnly)).toEqual([true, true]);
    expect(shown(catalogue).offers).toHaveLength(9);
  });

  it('of published offers hold a changed schema back, and name them', () => {
    const stored = shop([
      loan('a', { fee: { amount: 1, currency: 'EUR' } }),
      loan('b'),
      loan('gone', {}, { status: 'retired' }),
    ]);
    const change = (attributes: object[]) => {
      const section = catalogueSchema.parse({ groups: [{ ...GROUP, attributes }] });
      const { entries, pointerOf, isNamed } = mergeCatalogue(stored, section);
      const compiled = compileCatalogue(entries, {
        compiledContent: uncheckedContent(entries),
        pointerOf,
        isNamed,
      });
      return compiled.ok ? [] : compiled.failure;
    };
    expect(change([...GROUP.attributes, { name: 'term', type: 'number', required: true }])).toEqual([
      {
        pointer: '#/groups/0/attributes/4',
        message: 'term has no value, nor a default, in offers that are published: a, b',
      },
    ]);
    expect(
      change([...GROUP.attributes, { name: 'term', type: 'number', required: true, default: 12 }]),
    ).toEqual([]);
    expect(change([{ name: 'rate', type: 'string' }])).toEqual([
      {
        pointer: '#/groups/0/attributes/0',
        message: 'rate: must be a text, in offers that are published: a, b',
      },
      {
        pointer: '#/groups/0/attributes',
        message: 'fee: nothing declares it, in offers that are published: a',
      },
    ]);
  });

  it('fit one type alone, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 20 }),
          fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
          fc.boolean(),
          fc.record({ amount: fc.integer(), currency: fc.constantFrom('EUR', 'USD') }),
          fc
            .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
            .map((at) => at.toISOString()),
        ),
        (value) => {
          expect(attributeValueSchema.safeParse(value).success).toBe(true);
          const fits = attributeTypes.filter(
            (type) => type !== 'enum' && flawOfValue({ type }, value) === null,
          );
          const expected = typeof value === 'object' ? ['money'] : [typeof value];
          expect(fits.filter((type) => type !== 'date')).toEqual(expected);
          if (fits.includes('date')) expect(Number.isNaN(Date.parse(value as string))).toBe(false);
        },
      ),
    );
  });
});
