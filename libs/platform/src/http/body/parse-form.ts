import { fail, failure, ok, type Result } from '@repartee/contracts';
import { isUnstorable } from './parse-json.js';

/** The fields of a form; one that occurs more than once is a list. */
export type FormFields = Record<string, string | string[]>;

const MAX_FIELDS = 1000;

/** Parses `application/x-www-form-urlencoded`. */
export function parseUrlEncoded(body: Buffer): Result<FormFields> {
  const text = body.toString('utf8');
  try {
    // URLSearchParams lets a broken escape pass; nobody means to send one.
    decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return refuse('the form holds a broken escape');
  }
  return collect(new URLSearchParams(text));
}

/** Parses the text fields of `multipart/form-data` (RFC 7578); files are passed over. */
export function parseMultipart(body: Buffer, contentType: string): Result<FormFields> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return refuse('multipart/form-data without a boundary');
  // latin1 keeps bytes as they are until a field's text is known.
  const parts = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  const last = parts.pop();
  if (parts.length === 0 || last === undefined || !last.startsWith('--')) {
    return refuse('the multipart body does not end with its boundary');
  }
  const fields: [string, string][] = [];
  for (const part of parts.slice(1)) {
    const end = part.indexOf('\r\n\r\n');
    if (end < 0) return refuse('a part without a header');
    const header = part.slice(0, end);
    const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(header)?.[1];
    if (name === undefined) return refuse('a part without a name');
    if (/;\s*filename\*?=/i.test(header)) continue;
    fields.push([utf8(name), utf8(part.slice(end + 4))]);
  }
  return collect(fields);
}

function collect(entries: Iterable<[string, string]>): Result<FormFields> {
  const fields: FormFields = {};
  let count = 0;
  for (const [name, value] of entries) {
    count += 1;
    if (count > MAX_FIELDS) return refuse(`more than ${MAX_FIELDS} fields`);
    if (name === '__proto__') return refuse('the field __proto__ is not allowed');
    if (isUnstorable(name) || isUnstorable(value)) return refuse('a field holds NUL');
    const earlier = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (earlier === undefined) fields[name] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else fields[name] = [earlier, value];
  }
  return ok(fields);
}

function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function refuse(detail: string) {
  return fail(failure('HTTP.MALFORMED_BODY', detail));
}
