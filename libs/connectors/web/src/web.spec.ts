import type { ConnectorContext } from '@repartee/connector-sdk';
import { isSafeUrl, web, webTreatment, type CompiledWebContent, type WebContent } from './index.js';

const tools = { resources: undefined, signal: new AbortController().signal };
const context = {} as ConnectorContext<Record<string, never>>;

async function compiled(content: WebContent): Promise<CompiledWebContent> {
  const result = await webTreatment.compile(webTreatment.schema.parse(content), tools);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const full: WebContent = {
  headline: 'Hello {{ profile.traits.firstName | default: "you" }}',
  body: '{{ offer.name }} for {{ context.page }}',
  image: '/images/{{ offer.key }}.png',
  cta: { label: 'See {{ offer.name }}', url: 'https://shop.example/{{ offer.key }}?a=1&b=2' },
};

describe('web content', () => {
  it('renders a zone for a person', async () => {
    const request = {
      zone: 'home.hero',
      content: await compiled(full),
      data: {
        profile: { traits: { firstName: 'Ann & Co <b>' } },
        offer: { key: 'tea', name: 'Tea' },
        context: { page: 'home' },
      },
    };
    expect(await web.present?.(request, context)).toEqual({
      headline: 'Hello Ann & Co <b>',
      body: 'Tea for home',
      image: '/images/tea.png',
      cta: { label: 'See Tea', url: 'https://shop.example/tea?a=1&b=2' },
    });
  });

  it('gives back content without Liquid as it is, without work', async () => {
    const plain = await compiled({ headline: 'Hello', cta: { label: 'Go', url: '/sale' } });
    expect(webTreatment.render(plain, {})).toBe(plain.content);
  });

  it('survives JSON, as compiled content is stored', async () => {
    const stored = JSON.parse(JSON.stringify(await compiled(full))) as CompiledWebContent;
    expect(webTreatment.render(stored, {}).headline).toBe('Hello you');
  });

  it('leaves out a link that a person’s data made unsafe', async () => {
    const content = await compiled({
      headline: 'Hi',
      image: '{{ profile.traits.avatar }}',
      cta: { label: 'Go', url: '{{ profile.traits.site }}' },
    });
    const render = (traits: object) => webTreatment.render(content, { profile: { traits } });
    expect(render({ avatar: 'javascript:alert(1)', site: ' java\nscript:alert(1)' })).toEqual({
      headline: 'Hi',
    });
    expect(render({})).toEqual({ headline: 'Hi' });
    expect(render({ avatar: 'https://cdn.example/a.png', site: '/me' })).toEqual({
      headline: 'Hi',
      image: 'https://cdn.example/a.png',
      cta: { label: 'Go', url: '/me' },
    });
  });

  it('names what does not compile by pointer, line and column', async () => {
    const broken = {
      headline: 'a\n {{ b | nope }}',
      cta: { label: '{% if x %}', url: 'javascript:alert(1)' },
    };
    expect(await webTreatment.compile(broken, tools)).toEqual({
      ok: false,
      failure: [
        { pointer: '#/headline', detail: 'undefined filter: nope', line: 2, column: 2 },
        { pointer: '#/cta/label', detail: 'tag {% if x %} not closed', line: 1, column: 1 },
        { pointer: '#/cta/url', detail: 'must be an http(s) URL or a path of the site' },
      ],
    });
  });

  it.each([
    ['without a headline', { body: 'x' }],
    ['with an unknown field', { headline: 'x', html: '<b>' }],
    ['with a call to action that leads nowhere', { headline: 'x', cta: { label: 'Go' } }],
    ['with a headline that is no text', { headline: 5 }],
    ['with a huge body', { headline: 'x', body: 'x'.repeat(6000) }],
  ])('refuses content %s', (_, content) => {
    expect(webTreatment.schema.safeParse(content).success).toBe(false);
  });

  it('renders more than 20,000 zones a second', async () => {
    const content = await compiled(full);
    const data = {
      profile: { traits: { firstName: 'Ann' } },
      offer: { key: 'tea', name: 'Tea' },
      context: {},
    };
    const started = performance.now();
    for (let i = 0; i < 20_000; i++) webTreatment.render(content, data);
    expect(20_000 / ((performance.now() - started) / 1000)).toBeGreaterThan(20_000);
  });
});

describe('isSafeUrl', () => {
  it.each(['https://example.org/a', 'http://localhost:4000', '/path?x=1#y', '?page=2', '#top', '/'])(
    'takes %s',
    (url) => expect(isSafeUrl(url)).toBe(true),
  );
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://',
    'ftp://example.org',
    'mailto:a@example.org',
    'relative/path',
    '',
  ])('refuses %j', (url) => expect(isSafeUrl(url)).toBe(false));
});
