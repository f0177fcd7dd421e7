import { stages } from '@repartee/learning/domain';
import fc from 'fast-check';
import { type CompiledOffer, engagementLevels, engagementQuestions } from '../catalogue/index.js';
import { dropRules, Evaluation } from '../decide/index.js';
import { CandidatePacker, unpackCandidates } from './candidate-rows.js';
import type { Roster } from './roster.js';

const ZONES = ['hero', 'side'];
const OFFERS = 300;
const roster: Roster = Array.from({ length: OFFERS }, (_, index) => [`offer-${index}`, index / 7, 1 + index]);

const number = fc.double({ min: 0, max: 1e6, noNaN: true });
const found = fc.record({
  index: fc.nat(OFFERS - 1),
  stage: fc.constantFrom(...stages),
  dropped: fc.option(fc.constantFrom(...dropRules)),
  detail: fc.option(fc.string({ unit: 'grapheme', maxLength: 60 })),
  policy: fc.option(fc.tuple(fc.constantFrom(...engagementQuestions), fc.constantFrom(...engagementLevels))),
  billionths: fc.integer({ min: 0, max: 1e9 }),
  contextWeight: fc.oneof(fc.constant(1), fc.constantFrom(1.2, 1.1), number),
  lever: fc.oneof(fc.constant(null), number),
  zone: fc.integer({ min: -1, max: 1 }),
  place: fc.nat(5),
});

describe('candidates in rows', () => {
  it('say the same when they are read', () => {
    const packer = new CandidatePacker();
    fc.assert(
      fc.property(fc.uniqueArray(found, { selector: ({ index }) => index, maxLength: OFFERS }), (all) => {
        const evaluations = all.map(({ index, billionths, policy, lever, ...rest }) => {
          const [question, level] = policy ?? [null, null];
          const evaluation = new Evaluation({ index, lever: 1 + index } as CompiledOffer);
          const propensity = billionths / 1e9;
          return Object.assign(
            evaluation,
            rest,
            { propensity, question, level },
            lever !== null && { lever },
          );
        });
        const read = unpackCandidates(packer.pack(evaluations), roster, ZONES);
        expect(read).toEqual(
          evaluations.map((evaluation) => {
            const { offer, dropped, stage, zone, place, propensity, contextWeight, lever } = evaluation;
            const [key, value] = roster[offer.index]!;
            if (dropped !== null && dropped !== 'outranked') {
              const { question, level } = evaluation;
              const detail = evaluation.detail?.slice(0, 48) ?? null;
              const why = { dropped, detail, question, level, zone: null, place: null };
              const unrated = { propensity: null, contextWeight: null, value: null, lever: null };
              return { offer: key, stage, ...why, ...unrated };
            }
            const chosen = zone >= 0;
            return {
              ...{ offer: key, stage, dropped: chosen ? null : 'outranked', detail: null },
              ...{ question: null, level: null, propensity, contextWeight, value, lever },
              ...(chosen ? { zone: ZONES[zone], place } : { zone: null, place: null }),
            };
          }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are refused when they are not whole, or of another roster', () => {
    const packed = new CandidatePacker().pack([new Evaluation({ index: 2, lever: 1 } as CompiledOffer)]);
    expect(() => unpackCandidates({ ...packed, rows: packed.rows.slice(4) }, roster, ZONES)).toThrow(
      'not whole',
    );
    expect(() => unpackCandidates({ ...packed, runs: [2, 2] }, roster, ZONES)).toThrow('not whole');
    expect(() => unpackCandidates(packed, roster.slice(0, 2), ZONES)).toThrow('no offer 2');
  });
});
