import { Places } from './places.js';

describe('places', () => {
  it('are taken by no more than there are, and go to those who wait in their order', async () => {
    const places = new Places(2);
    const order: string[] = [];
    expect([places.acquire(), places.acquire()]).toEqual([true, true]);
    const come = async (name: string) => {
      await places.acquire();
      order.push(name);
    };
    const waiting = [come('third'), come('fourth')];
    await Promise.resolve();
    expect(order).toEqual([]);
    places.release(2);
    await Promise.all(waiting);
    expect(order).toEqual(['third', 'fourth']);
    places.release();
    expect(places.free).toBe(1);
    expect(places.acquire()).toBe(true);
  });

  it('are waited for no longer than one has patience, and not given to who has gone', async () => {
    const places = new Places(1);
    places.take(1);
    expect(await places.acquire(5)).toBe(false);
    places.release();
    expect(places.free).toBe(1);
  });
});
