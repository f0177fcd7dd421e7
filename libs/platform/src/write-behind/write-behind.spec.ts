import { WriteBehind } from './write-behind.js';

describe('a write-behind', () => {
  let written: number[][];
  let failing: boolean;
  let said: string[];
  const make = (more: { batch?: number; capacity?: number } = {}) =>
    new WriteBehind<number>({
      what: 'numbers',
      write: (items) => {
        if (failing) return Promise.reject(new Error('no database'));
        written.push(items.filter((item) => item >= 0));
        return Promise.resolve(items.filter((item) => item < 0));
      },
      nameOf: (item) => `number ${item}`,
      sizeOf: (item) => Math.max(1, item),
      batch: 100,
      enough: 50,
      capacity: 1000,
      logger: { warn: (line) => said.push(line), error: (line) => said.push(line) },
      ...more,
    });

  beforeEach(() => {
    written = [];
    said = [];
    failing = false;
  });

  it('writes together what comes together, by itself', async () => {
    const behind = make();
    for (const item of [1, 2, 3]) behind.add(item);
    expect(behind.find((item) => item === 2)).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(written).toEqual([[1, 2, 3]]);
    expect(behind.pending).toBe(0);
  });

  it('takes no more at once than a batch, by weight and in order', async () => {
    const behind = make({ batch: 10 });
    for (const item of [6, 7, 8, 1]) behind.add(item);
    await behind.drain();
    expect(written).toEqual([
      [6, 7],
      [8, 1],
    ]);
  });

  it('keeps everything while the database fails, says so once, and is full at its capacity', async () => {
    const behind = make({ capacity: 5 });
    failing = true;
    behind.add(4);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(behind.full).toBe(false);
    behind.add(1);
    expect(behind.full).toBe(true);
    failing = false;
    await behind.drain();
    expect(written.flat()).toEqual([4, 1]);
    expect(said).toEqual(['numbers wait: no database']);
    expect(behind.full).toBe(false);
  });

  it('names what the database refuses, and goes on', async () => {
    const behind = make();
    for (const item of [1, -2, 3]) behind.add(item);
    await behind.close();
    expect(written).toEqual([[1, 3]]);
    expect(said).toEqual(['number -2 was refused by the database']);
  });
});
