import { Places } from './places.js';

describe('places', () => {
  it('are taken by no more than there are, and go on in the order of those who wait', async () => {
    const places = new Places(2);
    const order: string[] = [];
    expect([places.take(), places.take()]).toEqual([undefined, undefined]);
    const third = places.take()?.then(() => order.push('third'));
    const fourth = places.take()?.then(() => order.push('fourth'));
    await Promise.resolve();
    expect(order).toEqual([]);
    places.giveBack();
    places.giveBack();
    await Promise.all([third, fourth]);
    expect(order).toEqual(['third', 'fourth']);
    places.giveBack();
    expect(places.take()).toBeUndefined();
    expect(places.take()).toBeInstanceOf(Promise);
  });
});
