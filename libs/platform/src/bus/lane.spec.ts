import type { ClaimedMessage } from './claimed-message.js';
import { Lane } from './lane.js';

const message = (id: string) => ({ id }) as ClaimedMessage;
const messages = (count: number) => Array.from({ length: count }, (_, index) => message(String(index)));

describe('a lane', () => {
  const settings = { concurrencyPerType: 4, batchSize: 100 };

  it('claims only what can start while its handlers are slow', () => {
    const lane = new Lane('a', settings);
    for (let round = 0; round < 30; round += 1) {
      lane.add([message('x')], 1);
      lane.start();
      lane.finish(2_000);
    }
    expect(lane.wanted()).toBe(4);
    lane.add(messages(4), 4);
    for (let started = 0; started < 4; started += 1) expect(lane.start()).toBeDefined();
    expect(lane.start()).toBeUndefined();
    expect(lane.wanted()).toBe(0);
  });

  it('claims full batches while its handlers are fast, and not before half of one is used', () => {
    const lane = new Lane('a', settings);
    for (let round = 0; round < 30; round += 1) {
      lane.add([message('x')], 1);
      lane.start();
      lane.finish(0.1);
    }
    expect(lane.wanted()).toBe(100);
    lane.add(messages(100), 100);
    expect(lane.more).toBe(true);
    expect(lane.wanted()).toBe(0);
  });

  it('forgets what it lost before it began', () => {
    const lane = new Lane('a', settings);
    const [first, second] = [message('1'), message('2')];
    lane.add([first, second], 10);
    lane.drop(first);
    expect(lane.more).toBe(false);
    expect(lane.clear()).toEqual([second]);
    expect(lane.start()).toBeUndefined();
  });
});
