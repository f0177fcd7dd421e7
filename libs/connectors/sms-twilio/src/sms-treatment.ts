import { checkTemplates, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, ok } from '@repartee/contracts';
import { segmentationOf } from './segments.js';
import { smsContentSchema, type CompiledSms, type RenderedSms, type SmsContent } from './sms-content.js';

const templates = new Templates('none');

/** Stand-ins of usual length, for estimates: a name, and a link with its signed token. */
const VALUE = 'x'.repeat(8);
const LINK = 'x'.repeat(150);
const OUTPUT = /\{\{-?\s*([\s\S]*?)\s*-?\}\}/g;
const TAG = /\{%[\s\S]*?%\}/g;
/** Control characters but for the line feed: a text message has no use for them. */
const CONTROL = /(?!\n)\p{Cc}/gu;

/** Content of text messages. The text is what Liquid makes of the body, without control characters, trimmed. */
export const smsTreatment: Treatment<SmsContent, CompiledSms, RenderedSms> = {
  schema: smsContentSchema,

  compile({ body }) {
    const problems = checkTemplates(templates, { '#/body': body });
    return problems.length > 0 ? fail(problems) : ok({ body });
  },

  render(compiled, data) {
    const text = templates.render(compiled.body, data).replaceAll('\r\n', '\n');
    return { text: text.replace(CONTROL, '').toWellFormed().trim() };
  },

  /** Counts the text as it stands, with stand-ins for what is filled in; both branches of a condition count. */
  estimate(compiled, settings = {}) {
    const text = compiled.body
      .replace(TAG, '')
      .replace(OUTPUT, (_, output: string) => (output.startsWith('links.') ? LINK : VALUE));
    const { encoding, segments } = segmentationOf(text);
    const { pricePerSegment, priceCurrency } = settings;
    return {
      bytes: Buffer.byteLength(text),
      parts: segments,
      encoding,
      ...(typeof pricePerSegment === 'number' && {
        cost: { amount: Number((segments * pricePerSegment).toFixed(6)), currency: String(priceCurrency) },
      }),
    };
  },
};
