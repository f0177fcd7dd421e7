import { cannot, lacks, unless, type Check } from '../check.js';

const TIME_LIMIT = 2000;
const deaf = lacks('onEvent', 'it hears no events');

/** What `onEvent` owes: it is told until it has taken the event in, and says so only then. */
export const eventChecks: readonly Check[] = [
  {
    id: 'events.heard',
    title: 'passes on an event that it subscribes to, once, and says so',
    notApplicable: deaf,
    async run(bench) {
      const event = bench.event();
      expect(await bench.hear('accept', event)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toEqual([expect.objectContaining({ to: event.id })]);
    },
  },
  {
    id: 'events.repeated',
    title: 'has an event taken once though it comes twice',
    notApplicable: unless(deaf, cannot('deduplicate')),
    async run(bench) {
      const event = bench.event();
      await bench.hear('accept', event);
      expect(await bench.hear('accept', event)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'events.failed',
    title: 'has an event told again when the provider breaks, and then passes it on',
    notApplicable: unless(deaf, cannot('fail')),
    async run(bench) {
      const event = bench.event();
      const outcome = await bench.hear('fail', event);
      expect(outcome.status).not.toBe('accepted');
      if (outcome.status === 'rejected') expect(outcome.retryable).toBe(true);
      expect(bench.provider.taken()).toEqual([]);
      expect(await bench.hear('accept', event)).toMatchObject({ status: 'accepted' });
      expect(bench.provider.taken()).toHaveLength(1);
    },
  },
  {
    id: 'events.refused',
    title: 'says that its provider will not have an event',
    notApplicable: unless(deaf, cannot('refuse')),
    async run(bench) {
      expect(await bench.hear('refuse')).toMatchObject({ status: 'rejected', retryable: false });
      expect(bench.provider.taken()).toEqual([]);
    },
  },
  {
    id: 'events.silent',
    title: 'ends in time when the provider says nothing to an event',
    notApplicable: unless(deaf, cannot('hang')),
    timeLimit: TIME_LIMIT,
    async run(bench) {
      expect((await bench.hear('hang')).status).not.toBe('accepted');
      expect(bench.provider.taken()).toEqual([]);
    },
  },
];
