import { HubError, type Hub } from '../system/hub.js';
import { newWalkers, walkerOf } from './walker.js';

describe('walkers', () => {
  it('have names and numbers of their own, the same each time', () => {
    const walkers = Array.from({ length: 500 }, (_, index) => walkerOf(index));
    expect(new Set(walkers.map(({ phone }) => phone)).size).toBe(500);
    expect(new Set(walkers.map(({ userId }) => userId)).size).toBe(500);
    expect(walkerOf(41)).toEqual(walkers[41]);
    for (const { phone } of walkers) expect(phone).toMatch(/^\+1\d{3}55501\d\d$/);
  });

  it('are others in the next run', async () => {
    const known = new Set(Array.from({ length: 48 }, (_, index) => `user_id:${walkerOf(index).userId}`));
    const get = (path: string) =>
      known.has(decodeURIComponent(path.split('/').at(-1) ?? ''))
        ? Promise.resolve({})
        : Promise.reject(new HubError(404, 'PROFILE.NOT_FOUND', 'none'));
    const [first] = await newWalkers({ get } as unknown as Hub, 24);
    expect(first?.userId).toBe('demo-walker-48');
  });
});
