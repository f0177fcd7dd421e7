import { TurnQueue } from './turn-queue.js';

describe('a queue for turns', () => {
  let now: number;
  let done: string[];
  let turns: TurnQueue;

  beforeEach(() => {
    now = 0;
    done = [];
    turns = new TurnQueue(10, () => now);
  });

  /** A piece of work of some milliseconds. */
  const piece = async (name: string, takes: number) => {
    const turn = turns.mine();
    if (turn) await turn;
    now += takes;
    done.push(name);
  };

  it('lets what fits into a turn go on at once', async () => {
    void piece('a', 5);
    expect(turns.mine()).toBeUndefined();
    await piece('b', 1);
    expect(done).toEqual(['a', 'b']);
  });

  it('lets others go between turns, and keeps the order of those who came', async () => {
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => piece(name, 6)));
    expect(done).toEqual(['a', 'b']);
    setImmediate(() => done.push('others'));
    await all;
    expect(done).toEqual(['a', 'b', 'c', 'd', 'others', 'e']);
  });

  it('puts nobody before those who wait', async () => {
    const first = [piece('a', 20), piece('b', 1)];
    await new Promise((resolve) => setImmediate(resolve));
    const late = piece('c', 1);
    await Promise.all([...first, late]);
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('is as before when nobody waits any longer', async () => {
    await Promise.all([piece('a', 20), piece('b', 20)]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns.mine()).toBeUndefined();
  });
});
