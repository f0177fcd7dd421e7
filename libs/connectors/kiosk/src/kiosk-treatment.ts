import { checkTemplates, hasLiquid, isSafeUrl, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, type FailureDetail, ok } from '@repartee/contracts';
import { z } from 'zod';

/** What a zone of a kiosk shows. All of it is text, not HTML; every string may hold Liquid. */
const contentSchema = z
  .strictObject({
    headline: z.string().min(1).max(300),
    body: z.string().max(2000).optional(),
    /** `http(s)` or relative to the page. */
    image: z.string().min(1).max(2000).optional(),
    /** Words on the button that accepts; without them the page's own. */
    accept: z.string().min(1).max(80).optional(),
    /** What is shown, printed and taken along once the offer is accepted: how to redeem it. */
    voucher: z.strictObject({ text: z.string().min(1).max(500), code: z.string().min(1).max(80) }).optional(),
    /** Small print. */
    terms: z.string().max(2000).optional(),
  })
  .meta({
    examples: [
      {
        headline: 'Tea for two, {{ profile.traits.firstName | default: "stranger" }}?',
        body: 'Try it at the counter.',
        accept: 'Yes, please',
        voucher: { text: 'Show this at the counter.', code: 'TEA-2' },
      },
    ],
  });

export type KioskContent = z.infer<typeof contentSchema>;
/** Compiled form: `dynamic` tells whether there is any Liquid to run. */
export type CompiledKioskContent = { content: KioskContent; dynamic: boolean };

const templates = new Templates('none');
const TEXTS = ['body', 'accept', 'terms'] as const;

function stringsOf({ headline, body, image, accept, voucher, terms }: KioskContent) {
  return {
    '#/headline': headline,
    '#/body': body,
    '#/image': image,
    '#/accept': accept,
    '#/voucher/text': voucher?.text,
    '#/voucher/code': voucher?.code,
    '#/terms': terms,
  };
}

/** Content of kiosk zones. Content without Liquid comes back as it is; an image that turns out unsafe is left out. */
export const kioskTreatment: Treatment<KioskContent, CompiledKioskContent, KioskContent> = {
  schema: contentSchema,

  compile(content) {
    const strings = stringsOf(content);
    const { image } = content;
    const unsafe: FailureDetail[] =
      image === undefined || hasLiquid(image) || isSafeUrl(image)
        ? []
        : [{ pointer: '#/image', detail: 'must be an http(s) URL or a path of the page' }];
    const problems = [...checkTemplates(templates, strings), ...unsafe];
    if (problems.length > 0) return fail(problems);
    const dynamic = Object.values(strings).some((one) => one !== undefined && hasLiquid(one));
    return ok({ content, dynamic });
  },

  render({ content, dynamic }, data) {
    if (!dynamic) return content;
    const { headline, image, voucher } = content;
    const rendered: KioskContent = { headline: templates.render(headline, data) };
    for (const name of TEXTS) {
      const text = content[name];
      if (text !== undefined) rendered[name] = templates.render(text, data);
    }
    const picture = image && templates.render(image, data).trim();
    if (picture && isSafeUrl(picture)) rendered.image = picture;
    if (voucher)
      rendered.voucher = {
        text: templates.render(voucher.text, data),
        code: templates.render(voucher.code, data),
      };
    return rendered;
  },

  estimate: ({ content }) => ({ bytes: Buffer.byteLength(JSON.stringify(content)), parts: 1 }),
};
