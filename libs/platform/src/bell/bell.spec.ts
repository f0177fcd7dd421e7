import { Bell } from './bell.js';

describe('a bell', () => {
  it('wakes who waits', async () => {
    const bell = new Bell();
    const wait = bell.wait(10_000);
    bell.ring();
    expect(await wait).toBe(true);
  });

  it('does not lose a ring that comes too early, and counts many as one', async () => {
    const bell = new Bell();
    bell.ring();
    bell.ring();
    expect(await bell.wait(10_000)).toBe(true);
    expect(await bell.wait(1)).toBe(false);
  });
});
