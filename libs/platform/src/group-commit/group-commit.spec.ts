import { GroupCommit } from './group-commit.js';

describe('GroupCommit', () => {
  it('lets callers that arrive together share one write', async () => {
    const writes: number[][] = [];
    const commit = new GroupCommit<number>({
      write: async (items) => void writes.push(items),
      maxItems: 100,
    });
    await Promise.all([commit.add([1]), commit.add([2, 3]), commit.add([4])]);
    expect(writes).toEqual([[1, 2, 3, 4]]);
    expect(commit.pending).toBe(0);
  });

  it('answers only after the write, and gathers the next group meanwhile', async () => {
    const open: (() => void)[] = [];
    const commit = new GroupCommit<number>({
      write: () => new Promise((resolve) => open.push(resolve)),
      maxItems: 100,
      concurrency: 1,
    });
    let answered = 0;
    const first = commit.add([1]).then(() => (answered += 1));
    await new Promise(setImmediate);
    const rest = [commit.add([2]), commit.add([3])];
    await new Promise(setImmediate);
    expect([answered, open.length]).toEqual([0, 1]);
    open[0]?.();
    await first;
    await new Promise(setImmediate);
    expect(open.length).toBe(2);
    open[1]?.();
    await Promise.all(rest);
    await commit.drained();
  });

  it('fails only the group whose write failed', async () => {
    const commit = new GroupCommit<number>({
      write: async (items) => {
        if (items.includes(13)) throw new Error('unlucky');
      },
      maxItems: 1,
    });
    const results = await Promise.allSettled([commit.add([1]), commit.add([13]), commit.add([2])]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
