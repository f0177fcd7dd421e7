import { lacks, type Check } from '../check.js';

const none = lacks('treatment', 'it takes no content');

/** What a treatment owes: it is checked when it is published, and rendered the same ever after. */
export const contentChecks: readonly Check[] = [
  {
    id: 'content.wrong',
    title: 'refuses content that its channel does not take, and says where it is wrong',
    notApplicable: none,
    async run(bench) {
      const compiled = await bench.connector.compile(bench.suite.wrongContent ?? {});
      expect(compiled).toMatchObject({ ok: false, failure: { code: 'CONNECTOR.INVALID_CONTENT' } });
      if (!compiled.ok) expect(compiled.failure.errors?.[0]?.pointer).toMatch(/^#/);
    },
  },
  {
    id: 'content.plain',
    title: 'compiles content to plain JSON',
    notApplicable: none,
    async run(bench) {
      const { content } = bench.action();
      expect(JSON.parse(JSON.stringify(content))).toEqual(content);
    },
  },
  {
    id: 'content.rendered-alike',
    title: 'renders the same from the same data, also from none and from hostile ones',
    notApplicable: none,
    async run(bench) {
      const { content } = bench.action();
      const hostile = '<script>"\'\u0000\r\nBcc: x@example.org{{ 7 | times: 6 }}';
      for (const data of [{}, { profile: { traits: { firstName: hostile } } }]) {
        const before = JSON.stringify(content);
        const rendered = await bench.connector.render(content, data);
        expect(rendered).toBeDefined();
        expect(await bench.connector.render(content, data)).toEqual(rendered);
        expect(JSON.stringify(content)).toBe(before);
      }
    },
  },
  {
    id: 'content.estimated',
    title: 'foretells what a message takes',
    notApplicable: ({ treatment }) => (treatment?.estimate ? undefined : 'it foretells no cost'),
    async run(bench) {
      const { content } = bench.action();
      const estimate = bench.definition.treatment?.estimate?.(content);
      expect(estimate?.bytes).toBeGreaterThanOrEqual(0);
      expect(estimate?.parts).toBeGreaterThanOrEqual(1);
    },
  },
];
