import fc from 'fast-check';
import { Sieve } from './sieve.js';

describe('Sieve', () => {
  it('lets go of what was not used since it came', () => {
    const sieve = new Sieve<string, number>(2);
    sieve.set('a', 1);
    sieve.set('b', 2);
    sieve.get('a');
    expect(sieve.set('c', 3)).toBe(2);
    expect([sieve.peek('a'), sieve.peek('b'), sieve.peek('c')]).toEqual([1, undefined, 3]);
  });

  it('keeps those in steady use while many pass by once', () => {
    const sieve = new Sieve<number, number>(100);
    for (let passer = 1000; passer < 9000; passer += 1) {
      sieve.set(passer, passer);
      for (const regular of [1, 2, 3]) if (sieve.get(regular) === undefined) sieve.set(regular, regular);
    }
    expect([1, 2, 3].map((regular) => sieve.peek(regular))).toEqual([1, 2, 3]);
    expect(sieve.size).toBe(100);
  });

  it('is a map, whatever is done to it, but for what it let go', () => {
    const act = fc.record({
      what: fc.constantFrom('get' as const, 'set' as const, 'delete' as const, 'clear' as const),
      key: fc.nat(9),
      value: fc.nat(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(act, { maxLength: 80 }), (capacity, acts) => {
        const sieve = new Sieve<number, [number, number]>(capacity);
        const model = new Map<number, [number, number]>();
        for (const { what, key, value } of acts) {
          if (what === 'get') expect(sieve.get(key)).toBe(model.get(key));
          if (what === 'delete') {
            sieve.delete(key);
            model.delete(key);
          }
          if (what === 'clear') {
            sieve.clear();
            model.clear();
          }
          if (what === 'set') {
            const item: [number, number] = [key, value];
            const full = model.size === capacity && !model.has(key);
            const gone = sieve.set(key, item);
            expect(gone !== undefined).toBe(full);
            if (gone) model.delete(gone[0]);
            model.set(key, item);
          }
          expect(sieve.size).toBe(model.size);
          for (const [held, item] of model) expect(sieve.peek(held)).toBe(item);
        }
      }),
    );
  });
});
