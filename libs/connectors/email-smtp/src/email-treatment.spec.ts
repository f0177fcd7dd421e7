import fc from 'fast-check';
import type { EmailContent } from './email-content.js';
import { EmailResources } from './email-resources.js';
import { emailTreatment } from './email-treatment.js';
import { MaskedTemplate } from './masked-template.js';

const resources = new EmailResources();
const { signal } = new AbortController();
afterAll(() => resources.close());

const compile = async (content: EmailContent) => emailTreatment.compile(content, { resources, signal });
const page = (body: string) =>
  `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${body}\n</mj-column></mj-section>\n</mj-body>\n</mjml>`;

describe('compiling MJML', () => {
  it('leaves Liquid to run, in text, attributes and between tags', async () => {
    const mjml = page(`<mj-raw>{% if profile.age > 3 and profile.name != "<x>" %}</mj-raw>
      <mj-text>{{ profile.name | default: "you & me" }}</mj-text>
      <mj-image src="{{ offer.image }}" alt="{{ offer.name | append: '>' }}" />
      <mj-raw>{% endif %}</mj-raw>`);
    const compiled = await compile({ subject: 's', mjml });
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.failure));
    const { html } = compiled.value;
    expect(html).toContain('{% if profile.age > 3 and profile.name != "<x>" %}');
    expect(html).toContain('{{ profile.name | default: "you & me" }}');
    expect(html).toContain('src="{{ offer.image }}"');
    expect(html).not.toMatch(/lqd/);
    expect(html).not.toContain('fonts.googleapis.com');
    const shown = emailTreatment.render(compiled.value, {
      profile: { age: 5, name: 'Ann' },
      offer: { name: 'Tea' },
    });
    expect(shown.html).toContain('Ann');
    expect(shown.html).toContain('alt="Tea&gt;"');
    expect(emailTreatment.render(compiled.value, { profile: { age: 1, name: 'Ann' } }).html).not.toContain(
      'Ann',
    );
  });

  it.each<[string, string, number, number, string]>([
    ['an unknown tag', page('<mj-txt>x</mj-txt>'), 4, 1, "mj-txt doesn't exist"],
    [
      'an unknown attribute',
      page('\n  <mj-text colour="red">x</mj-text>'),
      5,
      3,
      'Attribute colour is illegal',
    ],
    [
      'a tag in the wrong place',
      '<mjml><mj-body>\n <mj-text>x</mj-text></mj-body></mjml>',
      2,
      2,
      'cannot be used inside',
    ],
    ['a tag that is not closed', page('<mj-text>x'), 4, 1, '<mj-text> is not closed before </mj-column>'],
    ['a closing tag too many', `${page('')}</mj-body>`, 7, 8, '</mj-body> closes nothing'],
    ['an end that is missing', '<mjml>\n <mj-body>', 2, 2, '<mj-body> is not closed'],
    ['an include', page('<mj-include path="/etc/passwd" />'), 4, 1, 'mj-include is not allowed'],
    ['no MJML at all', 'hello', 1, 1, 'Parsing failed'],
    ['Liquid that MJML would drop', page('{% if a %}\n<mj-text>x</mj-text>\n{% endif %}'), 4, 1, 'mj-raw'],
    ['Liquid as a colour', page('<mj-text color="{{ c }}">x</mj-text>'), 4, 1, '{{ c }}'],
    ['a tag after Liquid of several lines', page('<mj-text>{{ a\n\n }}</mj-text><mj-x/>'), 6, 14, 'mj-x'],
  ])('says where it is wrong: %s', async (_, mjml, line, column, detail) => {
    const compiled = await compile({ subject: 's', mjml });
    expect(compiled.ok).toBe(false);
    if (compiled.ok) return;
    expect(compiled.failure[0]).toMatchObject({ pointer: '#/mjml', line, column });
    expect(compiled.failure[0]?.detail).toContain(detail);
    expect(JSON.stringify(compiled.failure)).not.toMatch(/lqd|root:/);
  });

  it('names broken Liquid in every part', async () => {
    const broken = {
      subject: 'a {{ b | nope }}',
      preheader: '{% x %}',
      html: '<p>\n{{ a',
      text: '{% if a %}',
    };
    const compiled = await compile(broken);
    expect(compiled).toMatchObject({
      ok: false,
      failure: [
        { pointer: '#/subject', line: 1, column: 3 },
        { pointer: '#/text', line: 1, column: 1 },
        { pointer: '#/preheader', line: 1, column: 1 },
        { pointer: '#/html', line: 2, column: 1 },
      ],
    });
  });

  it('does not hold up the process', async () => {
    const mjml = page(Array.from({ length: 400 }, (_, i) => `<mj-text>${i}</mj-text>`).join('\n'));
    await compile({ subject: 's', mjml: page('<mj-text>x</mj-text>') });
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const compiled = await Promise.all([compile({ subject: 's', mjml }), compile({ subject: 's', mjml })]);
    clearInterval(watch);
    expect(compiled.every(({ ok }) => ok)).toBe(true);
    expect(longest).toBeLessThan(400);
  });

  it('starts again after it was closed', async () => {
    await resources.compiler.close();
    expect(await compile({ subject: 's', mjml: page('<mj-text>x</mj-text>') })).toMatchObject({ ok: true });
  });
});

describe('the schema', () => {
  it.each<[string, object, string]>([
    ['neither mjml nor html', { subject: 's' }, 'mjml'],
    ['both', { subject: 's', mjml: 'm', html: 'h' }, 'html'],
    ['no subject', { html: 'h' }, 'subject'],
    ['a field it does not know', { subject: 's', html: 'h', cc: 'x' }, ''],
  ])('refuses %s', (_, content, path) => {
    const parsed = emailTreatment.schema.safeParse(content);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.path.join('.')).toBe(path);
  });
});

describe('a masked template', () => {
  it('comes back as it was, and knows where everything was', () => {
    const piece = fc.constantFrom('text', '\n', '<p>', '{{ a }}', '{% if\nb %}', 'lqd0z', 'LQD', '{ }', '$&');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const source = pieces.join('');
        const masked = new MaskedTemplate(source);
        expect(masked.restore(masked.text)).toBe(source);
        const end = masked.positionOf(masked.text.length);
        expect(end.line).toBe(source.split('\n').length);
        expect(end.column).toBe(source.length - source.lastIndexOf('\n'));
        expect(masked.lostIn(masked.text)).toEqual([]);
      }),
    );
  });
});
