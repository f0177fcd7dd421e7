import type { Problem } from './testing/call.js';
import { startCore, type CoreUnderTest } from './testing/start-core.js';

interface Plan {
  dryRun: boolean;
  revision: number;
  reactions: number;
  changes: Record<'created' | 'updated' | 'unchanged' | 'removed', { kind: string; key: string }[]>;
}

const SHOP = `version: 1
zones:
  - key: home.hero
    channel: web
  - { key: email.main, channel: email }
offers:
  - key: tea
    name: Tea
    value: 5
    eligibility: profile.computed.orders_count >= 0
treatments:
  - key: tea.hero
    offer: tea
    channel: web
    zones: [home.hero]
    content: { headline: "Tea for {{ profile.traits.name }}" }
  - key: tea.mail
    offer: tea
    channel: email
    zones: [email.main]
    content:
      subject: Tea
      mjml: |
        <mjml>
          <mj-body><mj-section><mj-column>
            <mj-text>Tea</mj-text>
          </mj-column></mj-section></mj-body>
        </mjml>
reactions:
  - key: tea-time
    on: { event: Product Viewed, where: event.properties.price > 3.0 }
    when: profile.known
    after: 1h
    action: { channel: email, zone: email.main }
`;

describe('a configuration', () => {
  let core: CoreUnderTest;
  const apply = <T = Problem>(body: string, query = '', type = 'application/yaml') =>
    core.call<T>(`/v1/apply${query}`, { key: 'admin', body, headers: { 'content-type': type } });
  const inForce = async () =>
    Promise.all(
      ['zones', 'offers', 'treatments', 'reactions'].map(async (kind) => {
        const { body } = await core.call<{ items: object[] }>(`GET /v1/${kind}`);
        return body.items;
      }),
    );

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('can be tried dry, which changes nothing', async () => {
    const { status, body } = await apply<Plan>(SHOP, '?dryRun=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({ dryRun: true, reactions: 1, changes: { updated: [], unchanged: [] } });
    expect(body.changes.created).toHaveLength(5);
    expect(await inForce()).toEqual([[], [], [], []]);
    expect((await apply<Plan>(SHOP, '?dryRun=maybe')).status).toBe(400);
  });

  it('is applied, and a second time changes nothing', async () => {
    const first = await apply<Plan>(SHOP);
    expect(first.status).toBe(200);
    expect(first.body.changes.created).toHaveLength(5);
    const before = await inForce();
    expect(before.map((items) => items.length)).toEqual([2, 1, 2, 1]);
    const second = await apply<Plan>(SHOP);
    expect(second.body.changes).toMatchObject({ created: [], updated: [], removed: [] });
    expect(second.body.changes.unchanged).toHaveLength(5);
    expect(await inForce()).toEqual(before);
  });

  it('may be JSON', async () => {
    const json = { version: 1, zones: [{ key: 'aside', channel: 'web' }] };
    const { body } = await apply<Plan>(JSON.stringify(json), '', 'application/json');
    expect(body.changes.created).toEqual([{ kind: 'zone', key: 'aside' }]);
  });

  describe('that is wrong is refused with line and column, and nothing of it applied', () => {
    const offer = (more: string) =>
      `version: 1\noffers:\n  - key: more\n    name: More\n    value: 1\n${more}`;
    const treatment = (content: string, zones = '[home.hero]', channel = 'web') =>
      `version: 1\ntreatments:\n  - key: more.hero\n    offer: tea\n    channel: ${channel}\n    zones: ${zones}\n    content:\n${content}`;
    const mail = (mjml: string) =>
      treatment(
        `      subject: Hi\n      mjml: |\n${mjml.replace(/^/gm, '        ')}`,
        '[email.main]',
        'email',
      );
    it.each<[string, string, number, string, number, number, RegExp]>([
      ['YAML that is none', 'version: 1\nzones: [', 400, '#', 3, 1, /./],
      [
        'a key that is there twice in one map',
        'version: 1\nzones: []\nversion: 1\n',
        400,
        '#',
        3,
        1,
        /unique/i,
      ],
      ['a tab for indentation', 'version: 1\nzones:\n\t- key: a\n', 400, '#', 3, 1, /tab/i],
      ['another version', 'version: 2\n', 422, '#/version', 1, 10, /must be 1/],
      ['no version', 'zones: []\n', 422, '#/version', 1, 1, /must be 1/],
      ['text', 'hello', 422, '#', 1, 1, /./],
      ['nothing', '', 422, '#', 1, 1, /./],
      ['an unknown member', offer('    colour: red\n'), 422, '#/offers/0', 3, 5, /colour/],
      [
        'a wrong type',
        'version: 1\noffers:\n  - key: more\n    name: More\n    value: much\n',
        422,
        '#/offers/0/value',
        5,
        12,
        /number/,
      ],
      [
        'a rule that does not parse',
        offer('    eligibility: profile.known &&\n'),
        422,
        '#/offers/0/eligibility',
        6,
        34,
        /./,
      ],
      [
        'a rule that does not type-check',
        offer('    eligibility: 1 + "a"\n'),
        422,
        '#/offers/0/eligibility',
        6,
        18,
        /./,
      ],
      [
        'a rule with a typo',
        offer('    eligibility: profil.known\n'),
        422,
        '#/offers/0/eligibility',
        6,
        18,
        /profil/,
      ],
      [
        'a rule that is no question',
        offer('    eligibility: 5 + 5\n'),
        422,
        '#/offers/0/eligibility',
        6,
        18,
        /true or false/,
      ],
      [
        'a quoted rule, at its place',
        offer(`    eligibility: 'profile.known && oops'\n`),
        422,
        '#/offers/0/eligibility',
        6,
        36,
        /oops/,
      ],
      [
        'a treatment in an unknown zone',
        treatment('      headline: Hi\n', '[home.hero, nowhere]'),
        422,
        '#/treatments/0/zones/1',
        6,
        24,
        /nowhere/,
      ],
      [
        'a treatment of an unknown offer',
        treatment('      headline: Hi\n').replace('offer: tea', 'offer: rum'),
        422,
        '#/treatments/0/offer',
        4,
        12,
        /rum/,
      ],
      [
        'a zone of another channel',
        treatment('      headline: Hi\n', '[email.main]'),
        422,
        '#/treatments/0/zones/0',
        6,
        13,
        /email/,
      ],
      [
        'a channel nobody serves',
        'version: 1\nzones:\n  - key: a\n    channel: smoke\n    fallback: { headline: Hi }\n',
        422,
        '#/zones/0/fallback',
        5,
        15,
        /smoke/,
      ],
      [
        'a template that does not compile',
        treatment('      headline: "Hi {{ name"\n'),
        422,
        '#/treatments/0/content/headline',
        8,
        21,
        /./,
      ],
      [
        'a template with an unknown filter',
        treatment('      headline: Hi\n      body: "{{ a | shout }}"\n'),
        422,
        '#/treatments/0/content/body',
        9,
        14,
        /shout/,
      ],
      [
        'content without its headline',
        treatment('      body: Hi\n'),
        422,
        '#/treatments/0/content/headline',
        8,
        7,
        /./,
      ],
      [
        'a script for a link',
        treatment('      headline: Hi\n      cta: { label: Go, url: "javascript:alert(1)" }\n'),
        422,
        '#/treatments/0/content/cta/url',
        9,
        30,
        /URL/,
      ],
      [
        'MJML with an unknown tag',
        mail('<mjml>\n  <mj-body>\n    <mj-sectoin></mj-sectoin>\n  </mj-body>\n</mjml>\n'),
        422,
        '#/treatments/0/content/mjml',
        12,
        13,
        /mj-sectoin/,
      ],
      [
        'keys that are there twice',
        'version: 1\nzones:\n  - { key: a, channel: web }\n  - { key: a, channel: web }\n',
        422,
        '#/zones/1/key',
        4,
        12,
        /twice/,
      ],
      [
        'a reaction to an unknown zone',
        'version: 1\nreactions:\n  - key: r\n    on: { event: X }\n    action: { channel: email, zone: nowhere }\n',
        422,
        '#/reactions/0/action/zone',
        5,
        37,
        /nowhere/,
      ],
      [
        'a reaction with a wrong rule',
        'version: 1\nreactions:\n  - key: r\n    on: { event: X }\n    when: profile.known == 5 +\n    action: { channel: email, zone: email.main }\n',
        422,
        '#/reactions/0/when',
        5,
        31,
        /./,
      ],
      [
        'a reaction with a wrong wait',
        'version: 1\nreactions:\n  - key: r\n    on: { event: X }\n    after: soon\n    action: { channel: email, zone: email.main }\n',
        422,
        '#/reactions/0/after',
        5,
        12,
        /duration/,
      ],
      ['NUL', offer('    url: "/a\\0b"\n'), 422, '#/offers/0/url', 6, 10, /NUL/],
    ])('%s', async (_what, text, status, pointer, line, column, detail) => {
      const before = await inForce();
      const whole = `${text}\n`;
      const { body } = await apply(whole);
      expect(body).toMatchObject({ status, code: status === 400 ? 'APPLY.MALFORMED' : 'APPLY.REFUSED' });
      const [error] = body.errors;
      expect(error?.pointer).toBe(pointer);
      expect(error?.detail).toMatch(detail);
      expect([error?.line, error?.column]).toEqual([line, column]);
      expect(body.detail).toContain(`Line ${line}, column ${error?.column}`);
      expect(await inForce()).toEqual(before);
    });

    it('all that is wrong at once, the right parts too', async () => {
      const before = await inForce();
      const text = `${offer('    eligibility: oops\n')}zones:\n  - { key: fine, channel: web }\n  - { key: "not fine", channel: web }\n`;
      const { body } = await apply(text);
      expect(body.errors.map(({ pointer }) => pointer)).toContain('#/zones/1/key');
      expect(await inForce()).toEqual(before);
    });

    it('an alias bomb, in bounded time', async () => {
      const levels = Array.from({ length: 12 }, (_, level) =>
        level === 0
          ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
          : `a${level}: &a${level} [${Array(9)
              .fill(`*a${level - 1}`)
              .join(', ')}]`,
      );
      const started = performance.now();
      const { body } = await apply(`version: 1\n${levels.join('\n')}\nzones: *a11\n`);
      expect(body).toMatchObject({ status: 400, code: 'APPLY.MALFORMED' });
      expect(body.errors[0]).toMatchObject({ line: expect.any(Number) as number });
      expect(performance.now() - started).toBeLessThan(2000);
    });

    it('nesting without end', async () => {
      for (const text of [
        `version: 1\nzones: ${'['.repeat(20_000)}`,
        `version: 1\nzones: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      ]) {
        expect((await apply(text)).status).toBeGreaterThanOrEqual(400);
        expect((await apply(text)).status).toBeLessThan(500);
      }
    });
  });
});
