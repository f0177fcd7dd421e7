import { cannot, unless, type Check, type Reason } from '../check.js';

const TIME_LIMIT = 2000;
const cannotAsk: Reason = ({ capabilities }) =>
  capabilities.reconcile === 'query' ? undefined : 'its provider cannot be asked what became of a message';

/** What `reconcile: 'query'` claims. */
export const reconcileChecks: readonly Check[] = [
  {
    id: 'reconcile.taken',
    title: 'finds a message that the provider took in silence',
    // No excuse: who claims to ask shows it.
    notApplicable: cannotAsk,
    timeLimit: TIME_LIMIT,
    async run(bench) {
      const action = bench.action();
      if (bench.suite.cannot?.['accept-and-hang'] === undefined)
        await bench.deliver('accept-and-hang', action);
      else await bench.deliver('accept', action);
      expect(await bench.reconcile(action)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'reconcile.never-taken',
    title: 'does not find a message that the provider never saw, and sends none',
    notApplicable: cannotAsk,
    async run(bench) {
      await bench.deliver('accept');
      const action = bench.action();
      if (bench.suite.cannot?.reset === undefined) await bench.deliver('reset', action);
      expect((await bench.reconcile(action)).status).not.toBe('accepted');
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'reconcile.no-answer',
    title: 'leaves it unknown while the provider cannot say',
    notApplicable: unless(cannotAsk, cannot('fail'), cannot('hang')),
    timeLimit: TIME_LIMIT,
    async run(bench) {
      const action = bench.action();
      await bench.deliver('hang', action);
      expect(bench.provider.nextQuery).toBeDefined();
      bench.provider.nextQuery?.({ kind: 'fail' });
      expect(await bench.reconcile(action)).toMatchObject({ status: 'unknown' });
      expect(bench.provider.taken()).toEqual([]);
    },
  },
];
