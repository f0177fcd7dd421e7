import { Housekeeping } from './housekeeping.js';

const soon = (milliseconds = 30) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('Housekeeping', () => {
  it('does its work again and again, also after a failure, and never beside itself', async () => {
    const housekeeping = new Housekeeping();
    let runs = 0;
    let atOnce = 0;
    let most = 0;
    housekeeping.every(1, 'sweeping', async () => {
      runs += 1;
      atOnce += 1;
      most = Math.max(most, atOnce);
      await soon(3);
      atOnce -= 1;
      if (runs === 1) throw new Error('a broken broom');
    });
    while (runs < 3) await soon(5);
    await housekeeping.beforeApplicationShutdown();
    expect(most).toBe(1);
  });

  it('waits at shutdown for what runs, and starts nothing more', async () => {
    const housekeeping = new Housekeeping();
    let ended = 0;
    housekeeping.every(1, 'sweeping', async () => {
      await soon(20);
      ended += 1;
    });
    await soon(10);
    await housekeeping.beforeApplicationShutdown();
    const then = ended;
    await soon();
    expect([then <= 1, ended]).toEqual([true, then]);
  });
});
