import { checkTemplates, hasLiquid, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, ok, type FailureDetail } from '@repartee/contracts';
import { z } from 'zod';

/** What a notification shows; every string may hold Liquid. */
export const pushContentSchema = z.strictObject({
  title: z.string().min(1).max(200),
  body: z.string().max(1000).optional(),
  /** `http(s)`. */
  icon: z.string().min(1).max(500).optional(),
  /** Where it leads when there is no offer, `http(s)` or a path of the site. With an offer its link counts the click. */
  url: z.string().min(1).max(500).optional(),
});
export type PushContent = z.infer<typeof pushContentSchema>;

/** What reaches the browser. */
export type Notification = PushContent;
export type CompiledPush = { content: PushContent };

const URL_PROBLEM = 'must be an http(s) URL or a path of the site';
const templates = new Templates('none');

function isSafe(url: string): boolean {
  return !/[\u0000-\u0020\u007f\\]/.test(url) && /^(https?:\/\/[^/?#]|\/(?!\/))/i.test(url);
}

/** Content of web push: text. An address that a person's data made unsafe is left out. */
export const pushTreatment: Treatment<PushContent, CompiledPush, Notification> = {
  schema: pushContentSchema,

  compile(content) {
    const { title, body, icon, url } = content;
    const addresses = { '#/icon': icon, '#/url': url };
    const problems = [
      ...checkTemplates(templates, { '#/title': title, '#/body': body, ...addresses }),
      ...Object.entries(addresses).flatMap(([pointer, address]): FailureDetail[] =>
        address === undefined || hasLiquid(address) || isSafe(address)
          ? []
          : [{ pointer, detail: URL_PROBLEM }],
      ),
    ];
    return problems.length > 0 ? fail(problems) : ok({ content });
  },

  render({ content }, data) {
    const rendered = (text: string | undefined) => text && templates.render(text, data).trim();
    const body = rendered(content.body);
    const icon = rendered(content.icon);
    const url = rendered(content.url);
    return {
      title: templates.render(content.title, data),
      ...(body && { body }),
      ...(icon && isSafe(icon) && { icon }),
      ...(url && isSafe(url) && { url }),
    };
  },

  estimate({ content }) {
    return { bytes: Buffer.byteLength(JSON.stringify(content)), parts: 1 };
  },
};
