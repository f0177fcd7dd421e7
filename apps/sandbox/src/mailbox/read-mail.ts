import PostalMime from 'postal-mime';
import type { Attachment, Email } from 'postal-mime';
import { findLinks } from './find-links.js';
import type { Mail, MailSummary } from './mail.js';
import type { ReceivedMail } from './received-mail.js';

export type MailSummaryText = Pick<MailSummary, 'from' | 'fromName' | 'to' | 'subject' | 'preview'>;

/** Above this the list shows no preview: parsing a big mail would hold up the next ones. */
const PREVIEW_BYTES = 512 * 1024;
const SUBJECT_LENGTH = 300;
const PREVIEW_LENGTH = 160;
const ADDRESS_LENGTH = 320;
const RECIPIENTS = 100;

/** What the index keeps, cut to size. */
export async function summarise(received: ReceivedMail): Promise<MailSummaryText> {
  const { source, envelopeFrom, envelopeTo } = received;
  const email = await parse(source.length > PREVIEW_BYTES ? headersOf(source) : source);
  return {
    from: cut(email?.from?.address ?? envelopeFrom, ADDRESS_LENGTH),
    fromName: cut(email?.from?.name ?? '', ADDRESS_LENGTH),
    to: envelopeTo.slice(0, RECIPIENTS).map((address) => cut(address, ADDRESS_LENGTH)),
    subject: cut(email?.subject ?? '', SUBJECT_LENGTH),
    preview: previewOf(email),
  };
}

/** Everything a reader may want to see. A mail that cannot be parsed still has its source. */
export async function readMail(
  source: Buffer,
): Promise<Pick<Mail, 'html' | 'text' | 'headers' | 'links' | 'attachments'>> {
  const email = await parse(source);
  return {
    html: email?.html ?? null,
    text: email?.text ?? null,
    headers: email?.headers.map(({ originalKey, value }) => ({ name: originalKey, value })) ?? [],
    links: findLinks(email?.html ?? '', email?.text ?? ''),
    attachments:
      email?.attachments.map((attachment) => ({
        filename: attachment.filename ?? '',
        mimeType: attachment.mimeType,
        size: bytesOf(attachment).byteLength,
      })) ?? [],
  };
}

/** The HTML with `cid:` images put in place, or null. */
export async function readHtml(source: Buffer): Promise<string | null> {
  const email = await parse(source);
  if (!email?.html) return null;
  let html = email.html;
  for (const attachment of email.attachments) {
    const id = attachment.contentId?.replace(/^<|>$/g, '');
    if (!id || !attachment.mimeType.startsWith('image/') || !html.includes(`cid:${id}`)) continue;
    const data = Buffer.from(bytesOf(attachment)).toString('base64');
    html = html.replaceAll(`cid:${id}`, `data:${attachment.mimeType};base64,${data}`);
  }
  return html;
}

function parse(source: Buffer): Promise<Email | null> {
  return PostalMime.parse(source, { maxNestingDepth: 32 }).catch(() => null);
}

function headersOf(source: Buffer): Buffer {
  const end = source.indexOf('\r\n\r\n');
  return source.subarray(0, end < 0 ? PREVIEW_BYTES : end + 4);
}

function previewOf(email: Email | null): string {
  const text = email?.text?.trim() || textOf(email?.html ?? '');
  return cut(
    text
      .slice(0, 2000)
      .replace(/https?:\/\/\S+/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
    PREVIEW_LENGTH,
  );
}

function textOf(html: string): string {
  return html
    .slice(0, 50_000)
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&amp;/gi, '&');
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

/** A copy: a slice of the mail's text would keep the whole text in memory. */
function cut(value: string, length: number): string {
  const short = value.length > length ? `${value.slice(0, length - 1)}…` : value;
  return Buffer.from(short).toString();
}
