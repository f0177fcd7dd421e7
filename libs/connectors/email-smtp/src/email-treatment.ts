import { checkTemplates, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, ok } from '@repartee/contracts';
import { compileMjml } from './compile-mjml.js';
import {
  emailContentSchema,
  type CompiledEmail,
  type EmailContent,
  type RenderedEmail,
} from './email-content.js';
import type { EmailResources } from './email-resources.js';
import { TextVersion } from './text-version.js';

const PREHEADER_CLASS = 'repartee-preheader';
const htmlTemplates = new Templates('html');
const textTemplates = new Templates('none');
const textVersion = new TextVersion(PREHEADER_CLASS);

/**
 * Content of e-mails. Compiling checks Liquid and MJML; rendering runs Liquid, with HTML escaping in the HTML part and
 * none in subject and text. The subject is always one line.
 */
export const emailTreatment: Treatment<EmailContent, CompiledEmail, RenderedEmail, EmailResources> = {
  schema: emailContentSchema,

  async compile(content, { resources }) {
    const { subject, preheader, mjml, html, text } = content;
    const problems = [
      ...checkTemplates(textTemplates, { '#/subject': subject, '#/text': text }),
      ...checkTemplates(htmlTemplates, { '#/preheader': preheader, '#/mjml': mjml, '#/html': html }),
    ];
    if (problems.length > 0) return fail(problems);
    const body = mjml === undefined ? ok(html ?? '') : await compileMjml(mjml, resources.compiler);
    if (!body.ok) return body;
    // Tags that MJML moved apart would parse in the source and not in the result.
    const moved = checkTemplates(htmlTemplates, { '#/mjml': body.value });
    if (moved.length > 0) return fail(moved.map(({ pointer, detail }) => ({ pointer, detail })));
    const compiled = { subject, html: withPreheader(body.value, preheader) };
    return ok(text === undefined ? compiled : { ...compiled, text });
  },

  render(compiled, data) {
    const html = withoutNul(htmlTemplates.render(compiled.html, data));
    return {
      subject: oneLine(textTemplates.render(compiled.subject, data)),
      html,
      text:
        compiled.text === undefined
          ? textVersion.of(html)
          : withoutNul(textTemplates.render(compiled.text, data)),
    };
  },

  estimate(compiled) {
    return { bytes: Buffer.byteLength(compiled.html) + Buffer.byteLength(compiled.text ?? ''), parts: 1 };
  },
};

/** One line whatever the data hold: no header can be smuggled in. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}

function withPreheader(html: string, preheader: string | undefined): string {
  if (preheader === undefined) return html;
  const hidden = `<div class="${PREHEADER_CLASS}" style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}</div>`;
  const body = /<body[^>]*>/i.exec(html);
  const at = body ? body.index + body[0].length : 0;
  return html.slice(0, at) + hidden + html.slice(at);
}
