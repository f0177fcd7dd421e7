import { cannot, lacks, unless, type Check } from '../check.js';

const TIME_LIMIT = 2000;
const RETRY_AFTER = 7;
const AT_ONCE = 20;
const silent = lacks('deliver', 'it sends no messages');

/** What `deliver` owes, whatever the provider does. */
export const deliveryChecks: readonly Check[] = [
  {
    id: 'delivery.accepted',
    title: 'hands a message over, once, and says so',
    notApplicable: silent,
    async run(bench) {
      const action = bench.action();
      expect(await bench.deliver('accept', action)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toEqual([expect.objectContaining({ to: action.to.address })]);
    },
  },
  {
    id: 'delivery.refused',
    title: 'says that a message was refused for good',
    notApplicable: unless(silent, cannot('refuse')),
    async run(bench) {
      expect(await bench.deliver('refuse')).toMatchObject({ status: 'rejected', retryable: false });
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'delivery.unauthorized',
    title: 'says that nothing was sent when the provider does not know us',
    notApplicable: unless(silent, cannot('unauthorized')),
    async run(bench) {
      expect(await bench.deliver('unauthorized')).toMatchObject({ status: 'rejected' });
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'delivery.throttled',
    title: 'may be asked again when the provider says not now, and then sends once',
    notApplicable: unless(silent, cannot('throttle')),
    async run(bench) {
      const action = bench.action();
      const answer = { kind: 'throttle', retryAfter: RETRY_AFTER } as const;
      const outcome = await bench.deliver(answer, action);
      expect(outcome).toMatchObject({ status: 'rejected', retryable: true });
      if (bench.suite.cannot?.['retry-after'] === undefined)
        expect(outcome).toMatchObject({ retryAfter: RETRY_AFTER });
      expect(bench.provider.taken()).toEqual([]);
      const again = { ...action, attemptId: bench.action().attemptId };
      expect(await bench.deliver('accept', again)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'delivery.failed',
    title: 'never takes a provider that breaks for one that accepted',
    notApplicable: unless(silent, cannot('fail')),
    async run(bench) {
      const outcome = await bench.deliver('fail');
      expect(outcome.status).not.toBe('accepted');
      if (outcome.status === 'rejected') expect(outcome.retryable).toBe(true);
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'delivery.silent',
    title: 'ends in time when the provider says nothing',
    notApplicable: unless(silent, cannot('hang')),
    timeLimit: TIME_LIMIT,
    async run(bench) {
      const outcome = await bench.deliver('hang');
      expect(outcome.status).not.toBe('accepted');
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'delivery.cut',
    title: 'makes no success of a line that was cut',
    notApplicable: unless(silent, cannot('reset')),
    async run(bench) {
      const outcome = await bench.deliver('reset');
      expect(outcome.status).not.toBe('accepted');
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'delivery.accepted-in-silence',
    title: 'calls it unknown when the provider took the message and never said so, and sends no second',
    notApplicable: unless(silent, cannot('accept-and-hang')),
    timeLimit: TIME_LIMIT,
    async run(bench) {
      expect(await bench.deliver('accept-and-hang')).toMatchObject({ status: 'unknown' });
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'delivery.at-once',
    title: 'keeps messages apart that go at the same time',
    notApplicable: silent,
    async run(bench) {
      const actions = Array.from({ length: AT_ONCE }, () => bench.action());
      const outcomes = await Promise.all(actions.map((action) => bench.deliver('accept', action)));
      expect(outcomes.filter(({ status }) => status !== 'accepted')).toEqual([]);
      const taken = bench.provider.taken().map(({ to }) => to);
      expect(taken.sort()).toEqual(actions.map(({ to }) => to.address).sort());
    },
  },
  {
    id: 'delivery.repeated',
    title: 'has a message taken once though the same attempt comes twice',
    notApplicable: unless(silent, cannot('deduplicate')),
    async run(bench) {
      const action = bench.action();
      await bench.deliver('accept', action);
      expect(await bench.deliver('accept', action)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'batch.partial',
    title: 'gives each message of a batch an outcome of its own',
    notApplicable: unless(lacks('deliverBatch', 'it sends no batches'), cannot('refuse')),
    async run(bench) {
      const actions = [bench.action(), bench.action(), bench.action()];
      const answers = ['accept', 'refuse', 'accept'] as const;
      const outcomes = await Promise.all(answers.map((kind, index) => bench.deliver(kind, actions[index])));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['accepted', 'accepted', 'rejected']);
      const accepted = actions.filter((_action, index) => outcomes[index]?.status === 'accepted');
      const taken = bench.provider.taken().map(({ to }) => to);
      expect(taken.sort()).toEqual(accepted.map(({ to }) => to.address).sort());
    },
  },
];
