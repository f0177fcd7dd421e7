import type { EmailSettings } from '../email-settings.js';
import type { InboundMail } from './inbound-mail.js';

/** What our own mail server found out about a mail: one method with its result and properties. */
interface Finding {
  method: string;
  result: string;
  /** As `header.d`, `smtp.mailfrom`. */
  properties: ReadonlyMap<string, string>;
}

/**
 * Whether a mail may be taken for the word of the address in its From line. Anybody can write any address there; the mail
 * server that received it knows more and says so in Authentication-Results (RFC 8601). Only the header with our server's
 * own name counts, as a sender can write further ones: DMARC must pass (RFC 7489), or where the server does not judge it,
 * a signature or an envelope of the same domain. Without that name in the settings, only a DMARC failure is heeded: nobody
 * writes one about themselves.
 */
export function isProvedSender(
  mail: InboundMail,
  { inboundAuthserv }: Pick<EmailSettings, 'inboundAuthserv'>,
): boolean {
  const noted = mail.headers('authentication-results').map(read);
  if (inboundAuthserv === undefined)
    return !noted.some(({ findings }) => resultOf(findings, 'dmarc') === 'fail');
  const findings = noted.find(({ server }) => server === inboundAuthserv.toLowerCase())?.findings ?? [];
  const dmarc = resultOf(findings, 'dmarc');
  if (dmarc !== undefined && dmarc !== 'none') return dmarc === 'pass';
  const domain = domainOf(mail.from);
  return findings.some(
    ({ method, result, properties }) =>
      result === 'pass' &&
      ((method === 'dkim' &&
        isAligned(properties.get('header.d') ?? domainOf(properties.get('header.i')), domain)) ||
        (method === 'spf' && isAligned(domainOf(properties.get('smtp.mailfrom')), domain))),
  );
}

function read(header: string): { server: string; findings: Finding[] } {
  // Comments may hold anything; they do not nest in practice.
  const [server = '', ...parts] = header.replace(/\([^()]*\)/g, ' ').split(';');
  const findings = parts.flatMap((part): Finding[] => {
    const [first = '', ...rest] = part.trim().split(/\s+/);
    const [method, result] = pairOf(first);
    return method === '' ? [] : [{ method, result, properties: new Map(rest.map(pairOf)) }];
  });
  return { server: server.trim().split(/\s+/)[0]?.toLowerCase() ?? '', findings };
}

function pairOf(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  const value = text.slice(at + 1).replaceAll('"', '');
  return at < 0 ? ['', ''] : [text.slice(0, at).toLowerCase(), value.toLowerCase()];
}

function resultOf(findings: readonly Finding[], method: string): string | undefined {
  return findings.find((one) => one.method === method)?.result;
}

/** Of an address, or a domain as it is. */
function domainOf(address = ''): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Relaxed alignment, but without a list of public suffixes: the same domain, or one below the other. */
function isAligned(one: string, other: string): boolean {
  if (!one.includes('.') || !other.includes('.')) return false;
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}
