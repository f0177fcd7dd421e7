import fc from 'fast-check';
import { Deliberation, type DecideInput } from '../decide/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { ObstacleFinder } from '../why-not/index.js';
import type { CatalogueSnapshot } from '../catalogue/index.js';
import { ValueFinder } from './index.js';

type Rules = Partial<Record<'eligibility' | 'applicability' | 'suitability', boolean>>;
interface Model {
  group: Rules;
  offers: Rules[];
}
const QUESTIONS = ['eligibility', 'applicability', 'suitability'] as const;
const ruled = (rules: Rules) =>
  Object.fromEntries(
    QUESTIONS.flatMap((question) =>
      rules[question] === undefined ? [] : [[question, String(rules[question])]],
    ),
  );

function catalogueOf({ group, offers }: Model): CatalogueSnapshot {
  return snapshotOf(
    webCatalogue(
      offers.map((rules, index) => ({
        key: `o${index}`,
        name: 'o',
        value: 1,
        group: 'all',
        ...ruled(rules),
      })),
      { groups: [{ key: 'all', ...ruled(group) }] },
    ),
  );
}

function inputOf(snapshot: CatalogueSnapshot, propensity: number): DecideInput {
  return {
    snapshot,
    profile: person(),
    channel: 'web',
    zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
    context: {},
    now: 0,
    propensity: () => propensity,
  };
}

async function find(model: Model, propensity = 0.5, control: string | null = null, restricted = false) {
  const snapshot = catalogueOf(model);
  const input = inputOf(snapshot, propensity);
  const decision = new Deliberation(
    control || restricted
      ? {
          ...input,
          zones: input.zones.map(({ zone, count }) => ({ zone: { ...zone, candidates: [] }, count })),
        }
      : input,
  ).decide();
  const finder = new ValueFinder(0.1);
  const obstacles = new ObstacleFinder(input, false);
  const found = await finder.add({
    foreseen: { decision, control, expected: () => propensity },
    segments: ['people'],
    restricted,
    blocked: () =>
      Promise.resolve(
        new Deliberation(input).decide().evaluations.map((evaluation) => ({
          evaluation,
          obstacles: obstacles.find(evaluation),
        })),
      ),
  });
  return { found, report: finder.report() };
}

const rules: fc.Arbitrary<Rules> = fc.record(
  { eligibility: fc.boolean(), applicability: fc.boolean(), suitability: fc.boolean() },
  { requiredKeys: [] },
);
const models = fc.record({ group: rules, offers: fc.array(rules, { minLength: 1, maxLength: 4 }) });

describe('the value finder', () => {
  it('names exactly the rules that help when they alone are loosened', () =>
    fc.assert(
      fc.asyncProperty(models, async (model) => {
        const { found, report } = await find(model);
        const served = (one: Model) =>
          new Deliberation(inputOf(catalogueOf(one), 0.5)).decide().zones[0]!.choices.length > 0;
        if (served(model)) {
          expect(found).toBeNull();
          expect(report).toMatchObject({ relevant: 1, nothing: 0, lost: [], loosen: [] });
          return;
        }
        const helping: string[] = [];
        for (const question of QUESTIONS) {
          const { [question]: _group, ...group } = model.group;
          if (model.group[question] !== undefined && served({ ...model, group }))
            helping.push(`${question} all`);
          model.offers.forEach((offer, index) => {
            const { [question]: had, ...rest } = offer;
            const offers = model.offers.map((one, at) => (at === index ? rest : one));
            if (had !== undefined && served({ ...model, offers })) helping.push(`${question} o${index}`);
          });
        }
        expect(report.loosen.map(({ question, of }) => `${question} ${of}`).sort()).toEqual(helping.sort());
        expect(report.loosen.every(({ people }) => people === 1)).toBe(true);
        expect(report).toMatchObject({ relevant: 0, nothing: 1, lost: [{ people: 1 }] });
        expect(report.segments).toEqual([{ segment: 'people', people: 1, withoutValue: 1 }]);
      }),
    ));

  it('says at which stage the last offer fell', async () => {
    const { found } = await find({
      group: {},
      offers: [{ eligibility: false }, { suitability: false }, { applicability: false, suitability: false }],
    });
    expect(found?.stage).toBe('suitability');
    expect(found?.loosen.map(({ of }) => of).sort()).toEqual(['o0', 'o1']);
    expect((await find({ group: {}, offers: [] })).found?.stage).toBe('no-offers');
  });

  it('tells people with unlikely offers, in control groups and restricted from each other', async () => {
    const fine: Model = { group: {}, offers: [{}] };
    const unlikely = await find(fine, 0.05);
    expect(unlikely.found).toEqual({ stage: 'relevance', shown: ['o0'], loosen: [] });
    expect(unlikely.report).toMatchObject({ irrelevant: 1, nothing: 0 });
    expect((await find(fine, 0.5, 'universal')).found?.stage).toBe('control');
    expect((await find(fine, 0.5, null, true)).found).toEqual({ stage: 'restricted', shown: [], loosen: [] });
  });

  it('helps nobody with an offer that hardly anybody wants', async () => {
    const { report } = await find({ group: {}, offers: [{ eligibility: false }] }, 0.05);
    expect(report).toMatchObject({ nothing: 1, loosen: [] });
  });
});
