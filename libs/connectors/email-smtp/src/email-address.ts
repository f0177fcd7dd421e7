import { fail, ok, type Result } from '@repartee/contracts';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

export interface EmailAddress {
  /** As SMTP takes it: the domain in its ASCII form. */
  address: string;
  domain: string;
  /** The part before the @ needs SMTPUTF8 (RFC 6531). */
  international: boolean;
}

/** Limits of RFC 5321 section 4.5.3.1, in octets. */
const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;
const LOCAL_PART = /^[^\p{C}\p{Z}"(),:;<>@[\\\]]+$/u;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Reads an address; the failure says in words what is wrong, without repeating the address. */
export function parseEmailAddress(text: string): Result<EmailAddress, string> {
  if (text.length > MAX_ADDRESS * 2) return fail('the address is too long');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (!LOCAL_PART.test(local)) return fail('the part before the @ is not valid');
  if (Buffer.byteLength(local) > MAX_LOCAL_PART) return fail('the part before the @ is too long');
  const domain = domainToASCII(text.slice(at + 1));
  if (domain === '' || isIP(domain) || !domain.split('.').every((label) => LABEL.test(label)))
    return fail('the domain is not valid');
  const address = `${local}@${domain}`;
  if (Buffer.byteLength(address) > MAX_ADDRESS) return fail('the address is too long');
  return ok({ address, domain, international: /[^\u0000-\u007f]/.test(local) });
}
