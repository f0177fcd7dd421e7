import { changedStanding, FREE, mayProfile, objectionTo, retryAfter, strictest } from './privacy-request.js';

const restricted = changedStanding(FREE, { kind: 'restrict' }, false);
const noMail = changedStanding(FREE, { kind: 'object', scope: 'direct_marketing' }, false);
const noProfile = changedStanding(FREE, { kind: 'object', scope: 'profiling' }, false);

describe('a person’s standing', () => {
  it('says what may be done', () => {
    expect([FREE, restricted, noMail, noProfile].map(mayProfile)).toEqual([true, false, true, false]);
    expect(objectionTo('transactional', restricted)).toBeDefined();
    expect(objectionTo('marketing', noMail)).toBeDefined();
    expect(objectionTo('transactional', noMail)).toBeUndefined();
    expect(objectionTo('marketing', noProfile)).toBeUndefined();
  });

  it('is the strictest of all that were merged', () => {
    expect(strictest([FREE, noMail, restricted, noMail])).toEqual({
      restricted: true,
      objections: ['direct_marketing'],
    });
    expect(strictest([])).toBe(FREE);
  });

  it('comes back when the request is taken back, and no further', () => {
    const both = changedStanding(noMail, { kind: 'object', scope: 'profiling' }, false);
    expect(changedStanding(both, { kind: 'object', scope: 'direct_marketing' }, true)).toEqual(noProfile);
    expect(changedStanding(restricted, { kind: 'restrict' }, true)).toEqual(FREE);
  });
});

it('tries again ever later', () => {
  expect([0, 1, 5, 60].map(retryAfter)).toEqual([1000, 2000, 32_000, 3_600_000]);
});
