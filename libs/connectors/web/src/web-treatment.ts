import { checkTemplates, hasLiquid, isSafeUrl, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, ok, type FailureDetail } from '@repartee/contracts';
import { z } from 'zod';

/** What a zone of a page shows. All of it is text, not HTML; every string may hold Liquid. */
export const webContentSchema = z.strictObject({
  headline: z.string().min(1).max(500),
  body: z.string().max(5000).optional(),
  /** `http(s)` or relative to the site. */
  image: z.string().min(1).max(2000).optional(),
  cta: z
    .strictObject({
      label: z.string().min(1).max(200),
      /** `http(s)` or relative to the site. */
      url: z.string().min(1).max(2000),
    })
    .optional(),
});
export type WebContent = z.infer<typeof webContentSchema>;

/** Compiled form: `dynamic` tells whether there is any Liquid to run. */
export type CompiledWebContent = { content: WebContent; dynamic: boolean };

const URL_PROBLEM = 'must be an http(s) URL or a path of the site';
const templates = new Templates('none');

/**
 * Content of web zones. Rendering is synchronous; content without Liquid comes back as it is, the same object each
 * time. A URL that turns out unsafe once a person's data are filled in is left out, with what depends on it.
 */
export const webTreatment: Treatment<WebContent, CompiledWebContent, WebContent> = {
  schema: webContentSchema,

  compile(content) {
    const { headline, body, image, cta } = content;
    const urls = { '#/image': image, '#/cta/url': cta?.url };
    const problems = [
      ...checkTemplates(templates, {
        '#/headline': headline,
        '#/body': body,
        '#/cta/label': cta?.label,
        ...urls,
      }),
      ...Object.entries(urls).flatMap(([pointer, url]): FailureDetail[] =>
        url === undefined || hasLiquid(url) || isSafeUrl(url) ? [] : [{ pointer, detail: URL_PROBLEM }],
      ),
    ];
    if (problems.length > 0) return fail(problems);
    const strings = [headline, body, image, cta?.label, cta?.url];
    return ok({ content, dynamic: strings.some((one) => one !== undefined && hasLiquid(one)) });
  },

  render(compiled, data) {
    const { content } = compiled;
    if (!compiled.dynamic) return content;
    const rendered: WebContent = { headline: templates.render(content.headline, data) };
    if (content.body !== undefined) rendered.body = templates.render(content.body, data);
    const image = content.image && templates.render(content.image, data).trim();
    if (image && isSafeUrl(image)) rendered.image = image;
    const url = content.cta && templates.render(content.cta.url, data).trim();
    if (content.cta && url && isSafeUrl(url))
      rendered.cta = { label: templates.render(content.cta.label, data), url };
    return rendered;
  },

  estimate(compiled) {
    return { bytes: Buffer.byteLength(JSON.stringify(compiled.content)), parts: 1 };
  },
};
