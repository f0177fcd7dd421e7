import { cannot, unless, type Check, type Reason } from '../check.js';

const TIME_LIMIT = 3000;
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
      const outcome = await bench.reconcile(bench.action());
      expect(outcome.status).not.toBe('accepted');
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'reconcile.no-answer',
    title: 'leaves it unknown while the provider cannot say',
    notApplicable: unless(cannotAsk, cannot('fail')),
    async run(bench) {
      expect(bench.provider.nextQuery).toBeDefined();
      bench.provider.nextQuery?.({ kind: 'fail' });
      expect(await bench.reconcile(bench.action())).toMatchObject({ status: 'unknown' });
      expect(bench.provider.taken()).toEqual([]);
    },
  },
];
