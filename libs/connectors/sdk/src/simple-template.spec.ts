import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { parseSimple, renderSimple } from './simple-template.js';

const value = fc.oneof(
  fc.string(),
  fc.constantFrom('<b>', '"', "'", '&amp;', '', ' ', '{{ x }}'),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const data = fc.record({ a: fc.oneof(value, fc.record({ b: value, c: fc.record({ d: value }) })), e: value });
const piece = fc.constantFrom(
  'text ',
  '<p class="x">',
  '{ } % ',
  '{{ a }}',
  '{{a.b}}',
  '{{ a.c.d }}',
  '{{ e | default: "you" }}',
  "{{ a.b | default: '' }}",
  '{{ missing.at.all }}',
  '\n',
);
const source = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

describe.each([
  ['html', true],
  ['text', false],
] as const)('a simple template in %s', (_, escape) => {
  const liquid = new Liquid({ outputEscape: escape ? 'escape' : undefined, ownPropertyOnly: true });

  it('renders as Liquid does, or leaves it to Liquid', () => {
    fc.assert(
      fc.property(source, data, (template, values) => {
        const simple = parseSimple(template);
        const text = simple && renderSimple(simple, values, escape);
        return text === undefined || text === liquid.parseAndRenderSync(template, values);
      }),
      { numRuns: 2000 },
    );
  });
});

it.each([
  '{% if a %}x{% endif %}',
  '{{ a | upcase }}',
  '{{ a.size }}',
  '{{ a[0] }}',
  '{{ "x" }}',
  '{{ a | default: b }}',
  '{{- a -}}',
  '{{ nil }}',
  '{{ a',
])('leaves %j to the whole Liquid', (template) => expect(parseSimple(template)).toBeUndefined());

it('leaves lists, objects and dates to the whole Liquid', () => {
  const simple = parseSimple('{{ a }}') ?? [];
  for (const a of [[1, 2], { b: 1 }, new Date(0)]) expect(renderSimple(simple, { a }, true)).toBeUndefined();
});
