import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { compile } from 'html-to-text';

/** Characters of a part that are looked at. */
const MAX_PART = 100_000;
const wordsOf = compile({ wordwrap: false });
/** Headers in which mail servers note whom a mail was for. */
const RECIPIENTS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-rcpt-to'];

/** A mail that came in, as far as anything is made of it. */
export interface InboundMail {
  /** The same for the same bytes. */
  hash: string;
  /** In lower case; empty where there is none. */
  from: string;
  /** Everyone it names as its recipient. */
  to: string[];
  subject: string;
  /** The words, from HTML where there is no plain text. */
  text: string;
  messageId: string | undefined;
  header(name: string): string | undefined;
  /** All of a name, the one that was added last first. */
  headers(name: string): string[];
  /** The part of a report by its type: `message/delivery-status`. */
  part(...types: string[]): string | undefined;
}

/** Reads a mail (RFC 5322, MIME). @returns undefined where it is none that can be read */
export async function readMail(raw: Uint8Array): Promise<InboundMail | undefined> {
  const email = await PostalMime.parse(withoutMboxLine(raw), { forceRfc822Attachments: true }).catch(
    () => undefined,
  );
  if (!email || email.headers.length === 0) return undefined;
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value;
  const headers = (name: string) => email.headers.filter(({ key }) => key === name).map(({ value }) => value);
  const noted = RECIPIENTS.map(header).filter((one) => one !== undefined);
  return {
    hash: createHash('sha256').update(raw).digest('hex').slice(0, 40),
    from: addressesIn(email.from)[0]?.toLowerCase() ?? '',
    to: [...noted, ...[...(email.to ?? []), ...(email.cc ?? [])].flatMap(addressesIn)],
    subject: email.subject ?? '',
    text: textOf(email),
    messageId: email.messageId,
    header,
    headers,
    part: (...types) => contentOf(email, types),
  };
}

/** Mailbox files begin each mail with a line that is no header. */
function withoutMboxLine(raw: Uint8Array): Uint8Array {
  const from = Buffer.from(raw.subarray(0, 5)).toString('latin1');
  return from === 'From ' ? raw.subarray(raw.indexOf(10) + 1) : raw;
}

function addressesIn(address: Address | undefined): string[] {
  if (!address) return [];
  return address.group === undefined ? [address.address] : address.group.map((one) => one.address);
}

function textOf({ text, html }: Email): string {
  const words = text ?? (html === undefined ? '' : wordsOf(html.slice(0, MAX_PART)));
  return words.slice(0, MAX_PART);
}

function contentOf(email: Email, types: string[]): string | undefined {
  const content = email.attachments.find(({ mimeType }) => types.includes(mimeType))?.content;
  if (content === undefined || typeof content === 'string') return content?.slice(0, MAX_PART);
  return Buffer.from(content instanceof Uint8Array ? content : new Uint8Array(content))
    .subarray(0, MAX_PART)
    .toString('utf8');
}
