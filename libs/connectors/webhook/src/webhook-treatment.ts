import { checkTemplates, Templates, type TemplateData, type Treatment } from '@repartee/connector-sdk';
import { fail, ok } from '@repartee/contracts';
import { z } from 'zod';

const MAX_BYTES = 20_000;
const templates = new Templates('none');

const contentSchema = z
  .strictObject({
    /** Tells receivers what it is: `cart.abandoned`. */
    type: z
      .string()
      .regex(/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/, 'must be words parted by dots')
      .max(100),
    /** Any JSON; every string may hold Liquid. */
    data: z.record(z.string(), z.json()),
  })
  .refine(({ data }) => Buffer.byteLength(JSON.stringify(data)) <= MAX_BYTES, {
    path: ['data'],
    message: `must be at most ${MAX_BYTES} bytes of JSON`,
  })
  .meta({ examples: [{ type: 'cart.abandoned', data: { name: '{{ profile.traits.firstName }}' } }] });

export type WebhookContent = z.infer<typeof contentSchema>;

/** A typed JSON document with Liquid in its strings. Rendering changes strings alone, so it stays the same document. */
export const webhookTreatment: Treatment<WebhookContent, WebhookContent, WebhookContent> = {
  schema: contentSchema,

  compile(content) {
    const problems = checkTemplates(templates, Object.fromEntries(stringsIn(content.data, '#/data')));
    return problems.length > 0 ? fail(problems) : ok(content);
  },

  render: ({ type, data }, values) => ({ type, data: rendered(data, values) as WebhookContent['data'] }),

  estimate: ({ data }) => ({ bytes: Buffer.byteLength(JSON.stringify(data)), parts: 1 }),
};

function rendered(value: unknown, data: TemplateData): unknown {
  if (typeof value === 'string') return templates.render(value, data);
  if (Array.isArray(value)) return value.map((item) => rendered(item, data));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rendered(item, data)]));
}

/** Every string of a document with its JSON pointer (RFC 6901). */
function stringsIn(value: unknown, pointer: string): [string, string][] {
  if (typeof value === 'string') return [[pointer, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    stringsIn(item, `${pointer}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`),
  );
}
