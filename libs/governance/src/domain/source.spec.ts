import { isSourceLate } from './source.js';

const second = (seconds: number) => new Date(seconds * 1000);

describe('isSourceLate', () => {
  it.each([
    ['a source with no rhythm', { expectedEvery: null, lastEventAt: second(0), createdAt: second(0) }, false],
    ['one heard of just now', { expectedEvery: 100, lastEventAt: second(900), createdAt: second(0) }, false],
    ['one that fell silent', { expectedEvery: 100, lastEventAt: second(899), createdAt: second(0) }, true],
    ['one that never spoke, young', { expectedEvery: 100, lastEventAt: null, createdAt: second(950) }, false],
    ['one that never spoke, old', { expectedEvery: 100, lastEventAt: null, createdAt: second(0) }, true],
  ])('%s', (_what, rhythm, late) => {
    expect(isSourceLate(rhythm, second(1000).getTime())).toBe(late);
  });
});
