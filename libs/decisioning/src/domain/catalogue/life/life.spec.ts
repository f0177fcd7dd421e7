import fc from 'fast-check';
import { type CatalogueEntries, catalogueSchema } from '../catalogue-schema.js';
import { phasesOf } from './effective.js';
import { BY_ITSELF, guardOffers } from './guard-offers.js';
import { asked, bodyOf, granted, inForceAt, type OfferDocument, stepBetween } from './offer-life.js';

const at = (time: number) => new Date(time).toISOString();
const offer: OfferDocument = { key: 'a', name: 'A', value: 1 };
const ask = (name: string, effectiveAt?: string) =>
  asked(offer, 'publish', { key: 'a', name, value: 1 }, { by: 'ann', at: at(0), effectiveAt });

describe('an offer', () => {
  it('is what was granted, at once or from the moment on', () => {
    expect(granted(ask('B'), { by: 'bob', at: at(1) })).toEqual({
      key: 'a',
      name: 'B',
      value: 1,
      approval: { by: 'bob', at: at(1), requestedBy: 'ann', requestedAt: at(0) },
    });
    const later = granted(ask('B', at(5)), { by: 'bob', at: at(1) });
    expect([bodyOf(inForceAt(later, 4))['name'], bodyOf(inForceAt(later, 5))['name']]).toEqual(['A', 'B']);
    expect(inForceAt(later, 5).scheduled).toBeUndefined();
    expect(granted(ask('B', at(5)), { by: 'bob', at: at(6) })['name']).toBe('B');
  });

  it('keeps a draft that was written since', () => {
    const waiting = { ...ask('B'), draft: { name: 'C', value: 1 } };
    expect(granted(waiting, { by: 'bob', at: at(1) })['draft']).toEqual({ name: 'C', value: 1 });
    const same = { ...ask('B'), draft: { name: 'B', value: 1 } };
    expect(granted(same, { by: 'bob', at: at(1) })['draft']).toBeUndefined();
  });

  it('tells its steps apart', () => {
    const waiting = ask('B', at(5));
    const scheduled = granted(waiting, { by: 'bob', at: at(1) });
    expect(stepBetween(null, offer)).toBe('written');
    expect(stepBetween(offer, waiting)).toBe('requested');
    expect(stepBetween(waiting, scheduled)).toBe('scheduled');
    expect(stepBetween(scheduled, offer)).toBe('cancelled');
    expect(stepBetween(offer, { ...offer, draft: {} })).toBe('drafted');
    expect(stepBetween(offer, null)).toBe('removed');
  });
});

const catalogue: fc.Arbitrary<CatalogueEntries> = fc
  .uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), when: fc.option(fc.integer({ min: 1, max: 6 })) }),
    {
      selector: ({ key }) => key,
    },
  )
  .map((offers) =>
    catalogueSchema.parse({
      offers: offers.map(({ key, when }) => {
        const plain = { key, name: `${key}0`, value: 1 };
        if (when === null) return plain;
        const request = asked(
          plain,
          'publish',
          { ...plain, name: `${key}${when}` },
          {
            by: 'ann',
            at: at(0),
            effectiveAt: at(when),
          },
        );
        return granted(request, { by: 'bob', at: at(0) });
      }),
    }),
  );

describe('a catalogue with changes ahead', () => {
  it('is at every moment what its offers are then, whenever it was put together', () => {
    fc.assert(
      fc.property(
        catalogue,
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 0, max: 7 }),
        (entries, asOf, later) => {
          const phases = phasesOf(entries, asOf);
          expect(phases.map(({ from }) => from)).toEqual(
            [...phases].map(({ from }) => from).sort((a, b) => a - b),
          );
          const moment = Math.max(asOf, later);
          const phase = phases.findLast(({ from }) => from <= moment)!;
          expect(phase.entries.offers.map(({ name }) => name)).toEqual(
            entries.offers.map((one) => inForceAt(one, moment)['name']),
          );
        },
      ),
    );
  });

  it('keeps where offers stand, whatever a document says of it', () => {
    fc.assert(
      fc.property(catalogue, (stored) => {
        const section = catalogueSchema.parse({
          offers: stored.offers.map(({ key }) => ({ key, name: 'new', value: 2, draft: { forged: true } })),
        });
        const { section: guarded, issues } = guardOffers(stored, section, [], BY_ITSELF);
        expect(issues).toEqual([]);
        expect(guarded.offers.map(({ scheduled }) => scheduled)).toEqual(
          stored.offers.map(({ scheduled }) => scheduled),
        );
        expect(guarded.offers.some(({ draft, approval }) => draft ?? approval)).toBe(false);
      }),
    );
  });
});
