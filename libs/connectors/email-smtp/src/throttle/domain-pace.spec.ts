import fc from 'fast-check';
import { DomainPace, FIRST_REST, LONGEST_REST } from './domain-pace.js';

describe('the pace of a domain', () => {
  it('spaces mails by its rate, and puts each off once', () => {
    const pace = new DomainPace({ ratePerSecond: 2 });
    expect(['a', 'b', 'c'].map((key) => pace.enter(key, 0))).toEqual([0, 500, 1000]);
    // Who comes back at its place goes, though others asked in between.
    expect(pace.enter('d', 400)).toBe(1100);
    expect(pace.enter('b', 500)).toBe(0);
    expect(pace.enter('c', 2000)).toBe(0);
  });

  it('never lets more than its rate go, whoever comes when', () => {
    const visits = fc.array(fc.record({ key: fc.nat(30), after: fc.nat(400) }), { maxLength: 200 });
    fc.assert(
      fc.property(visits, fc.integer({ min: 1, max: 20 }), (all, ratePerSecond) => {
        const pace = new DomainPace({ ratePerSecond });
        let now = 0;
        let went = 0;
        for (const { key, after } of all) {
          now += after;
          if (pace.enter(`${key}`, now) > 0) continue;
          went += 1;
          pace.leave('went', now);
        }
        expect(went).toBeLessThanOrEqual(1 + (now / 1000) * ratePerSecond + 1e-6);
      }),
    );
  });

  it('lets so many go at a time', () => {
    const pace = new DomainPace({ atATime: 2 });
    expect(['a', 'b', 'c'].map((key) => pace.enter(key, 0))).toEqual([0, 0, 1000]);
    pace.leave('went', 5);
    expect(pace.enter('c', 1000)).toBe(0);
  });

  it('rests at once when the domain minds, longer each time, and not at all once it takes mail again', () => {
    const pace = new DomainPace({});
    let now = 0;
    const rests = Array.from({ length: 8 }, () => {
      expect(pace.enter('a', now)).toBe(0);
      pace.leave('overloaded', now);
      const rest = pace.enter('a', now);
      now += rest;
      return rest;
    });
    expect(rests.slice(0, 3)).toEqual([FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST]);
    expect(rests.at(-1)).toBe(LONGEST_REST);
    expect(pace.enter('a', now)).toBe(0);
    pace.leave('went', now);
    expect(pace.enter('b', now)).toBe(0);
    pace.leave('overloaded', now);
    expect(pace.enter('c', now)).toBe(FIRST_REST);
  });

  it('counts one answer that many hear at once as one', () => {
    const pace = new DomainPace({});
    for (const key of 'abcd') expect(pace.enter(key, 0)).toBe(0);
    for (let i = 0; i < 4; i++) pace.leave('overloaded', 10);
    expect(pace.enter('e', 10)).toBe(FIRST_REST);
  });

  it('takes one mail that is put off for greylisting, and several in a row for the domain’s wish', () => {
    const pace = new DomainPace({});
    const put = () => {
      expect(pace.enter('a', 0)).toBe(0);
      pace.leave('deferred', 0);
    };
    put();
    put();
    expect(pace.enter('b', 0)).toBe(0);
    pace.leave('went', 0);
    put();
    put();
    put();
    expect(pace.enter('b', 0)).toBe(FIRST_REST);
  });
});
