import { checkTemplates, hasLiquid, TemplateError, Templates } from './template.js';

const html = new Templates('html');
const text = new Templates('none');

describe('Templates', () => {
  it('passes strings without Liquid through untouched', () => {
    expect(hasLiquid('a { b } % c')).toBe(false);
    expect(html.render('a < b & { c }', {})).toBe('a < b & { c }');
  });

  it('escapes outputs in HTML and not in text', () => {
    const data = { name: '<script>alert("x")</script>' };
    expect(html.render('Hi {{ name }}', data)).toBe('Hi &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;');
    expect(html.render('Hi {{ name | raw }}', data)).toContain('<script>');
    expect(text.render('Hi {{ name }}', data)).toBe('Hi <script>alert("x")</script>');
  });

  it('renders a missing value as nothing', () => {
    expect(text.render('[{{ profile.traits.none.at.all }}]', {})).toBe('[]');
  });

  it('sees own properties only', () => {
    const data = { profile: Object.create({ secret: 'inherited' }) as object };
    expect(
      text.render('[{{ profile.secret }}{{ profile.constructor.name }}{{ profile.__proto__ }}]', data),
    ).toBe('[]');
  });

  it.each([
    ['an unknown filter', 'a\n {{ b | nope }}', 2, 2, 'undefined filter: nope'],
    ['an output left open', 'a {{ b', 1, 3, 'not closed'],
    ['a tag left open', 'x\n\n{% if a %}', 3, 1, 'not closed'],
    ['an unknown tag', '{% foo %}', 1, 1, 'tag "foo" not found'],
    ['a tag that reads files', '  {% include "/etc/passwd" %}', 1, 3, 'tag "include" not found'],
    ['a tag that reads layouts', '{% layout "x" %}', 1, 1, 'tag "layout" not found'],
    ['a tag that renders files', '{% render "x" %}', 1, 1, 'tag "render" not found'],
  ])('says where it is wrong: %s', (_, source, line, column, message) => {
    const checked = html.check(source);
    expect(checked).toMatchObject({ ok: false, failure: { line, column } });
    if (!checked.ok) {
      expect(checked.failure.message).toContain(message);
      expect(checked.failure.message).not.toMatch(/line:\d/);
    }
  });

  it('bounds what a render may take', () => {
    expect(() => text.render('{% for i in (1..100000000) %}x{% endfor %}', {})).toThrow(TemplateError);
  });

  it('refuses a template that is too long', () => {
    expect(text.check(`{{ a }}${'x'.repeat(600_000)}`)).toMatchObject({ ok: false });
  });

  it('keeps rendering rightly when its memo overflows', () => {
    const templates = new Templates('none');
    const sources = Array.from({ length: 30 }, (_, i) => `{{ a }}${String(i).padEnd(100_000, '.')}`);
    for (const source of [...sources, ...sources])
      expect(templates.render(source, { a: 'A' })).toBe(source.replace('{{ a }}', 'A'));
  });
});

describe('checkTemplates', () => {
  it('names each broken string by its pointer', () => {
    const found = checkTemplates(text, {
      '#/headline': 'fine {{ a }}',
      '#/body': '{{ a | nope }}',
      '#/text': undefined,
    });
    expect(found).toEqual([{ pointer: '#/body', detail: 'undefined filter: nope', line: 1, column: 1 }]);
  });
});
