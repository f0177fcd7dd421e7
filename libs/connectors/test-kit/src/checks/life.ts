import { acceptsSdk, describeSettings, exampleOf, exampleSettings } from '@repartee/connector-sdk';
import { cannot, lacks, unless, type Check } from '../check.js';

const silent = lacks('deliver', 'it sends no messages');

/** What a connector owes while it lives: settings, secrets, abort, forgetting, a clean end. */
export const lifeChecks: readonly Check[] = [
  {
    id: 'life.claims',
    title: 'claims no more than it has the means for, and was written for this SDK',
    async run({ definition, suite }) {
      const { receipts, reconcile } = definition.capabilities;
      expect(acceptsSdk(definition.sdk)).toBe(true);
      expect(definition.reconcile !== undefined).toBe(reconcile === 'query');
      if (receipts) expect(definition.receive ?? definition.poll).toBeDefined();
      expect(suite.provider !== undefined).toBe(definition.deliver !== undefined);
    },
  },
  {
    id: 'life.settings',
    title: 'is ready with the settings of its environment',
    async run(bench) {
      const given = Object.keys(bench.provider.settings);
      const known = describeSettings(bench.definition).map(({ name }) => name);
      expect(given.filter((name) => !known.includes(name))).toEqual([]);
      expect(bench.connector.health()).not.toContain('not_configured');
    },
  },
  {
    id: 'life.examples',
    title: 'has examples of its settings and its content, which it takes itself',
    async run({ definition, connector }) {
      expect(definition.settings.safeParse(exampleSettings(definition)).success).toBe(true);
      if (definition.treatment)
        expect(await connector.compile(exampleOf(definition.treatment.schema))).toMatchObject({ ok: true });
    },
  },
  {
    id: 'life.settings-checked',
    title: 'finds its settings in order when they are, and leaves no message behind',
    notApplicable: lacks('checkSettings', 'it cannot try its settings'),
    async run(bench) {
      expect(await bench.connector.checkSettings()).toBeUndefined();
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'life.secrets',
    title: 'keeps its secrets to itself when the provider repeats them',
    notApplicable: unless(silent, ({ settings }) =>
      describeSettings({ name: 'any', settings }).some(({ secret }) => secret)
        ? undefined
        : 'it has no secret settings',
    ),
    async run(bench) {
      const able = (['refuse', 'unauthorized', 'throttle', 'fail'] as const).filter(
        (kind) => bench.suite.cannot?.[kind] === undefined,
      );
      for (const kind of able) expect((await bench.deliver(kind)).status).not.toBe('accepted');
      bench.expectNoSecrets();
    },
  },
  {
    id: 'life.abort',
    title: 'lets go when it is told to',
    notApplicable: unless(silent, cannot('hang')),
    async run(bench) {
      bench.provider.next({ kind: 'hang' });
      const ended = bench.connector.deliver(bench.action());
      await bench.provider.busy();
      await bench.connector.abort();
      expect((await ended).status).not.toBe('accepted');
      expect(bench.underWay).toBe(0);
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'life.shutdown',
    title: 'ends what is under way at a shutdown, and sends nothing after it',
    notApplicable: silent,
    async run(bench) {
      const underWay = bench.deliver('accept');
      await bench.connector.stop();
      bench.expectTruth(await underWay);
      const taken = bench.provider.taken().length;
      expect((await bench.deliver('accept')).status).not.toBe('accepted');
      expect(bench.provider.taken()).toHaveLength(taken);
    },
  },
  {
    id: 'life.forgets',
    title: 'has its provider forget a person, also twice, also one it never knew',
    notApplicable: lacks('forget', 'it keeps nothing of a person'),
    async run(bench) {
      const { to } = bench.action();
      expect(await bench.connector.forget(to.address)).toBe('done');
      expect(await bench.connector.forget(to.address)).toBe('done');
    },
  },
  {
    id: 'life.polls',
    title: 'finds the same again from the same place of a feed',
    notApplicable: lacks('poll', 'it fetches nothing'),
    async run(bench) {
      const first = await bench.connector.poll(undefined);
      expect(await bench.connector.poll(undefined)).toEqual(first);
      expect((await bench.connector.poll(first.cursor)).facts).toEqual([]);
    },
  },
];
