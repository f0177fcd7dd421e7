import { createHash, createVerify } from 'node:crypto';

/** Checks a `relaxed/relaxed` rsa-sha256 DKIM signature (RFC 6376). @returns its tags, or throws what is wrong */
export function verifyDkim(raw: Buffer, publicKey: string): Record<string, string> {
  const message = raw.toString('latin1');
  const split = message.indexOf('\r\n\r\n');
  const headers = message.slice(0, split).split(/\r\n(?![ \t])/);
  const signature = headers.find((header) => /^dkim-signature:/i.test(header));
  if (!signature) throw new Error('not signed');
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .replace(/\r\n/g, '')
      .split(';')
      .map((tag) => tag.trim().split(/=(.*)/s).slice(0, 2) as [string, string])
      .map(([key, value]) => [key, (value ?? '').replace(/\s+/g, '')]),
  );
  const body = message
    .slice(split + 4)
    .replace(/[ \t]+\r\n/g, '\r\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  if (bodyHash !== tags['bh']) throw new Error('the body was changed');
  const signed = (tags['h'] ?? '').split(':').map((name) => {
    const header = headers.findLast((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return relaxed(header ?? '');
  });
  const own = relaxed(signature).replace(/(;\s?b=)[^;]*$/, '$1');
  const verifier = createVerify('RSA-SHA256').update([...signed, own].join('\r\n'), 'latin1');
  if (!verifier.verify(publicKey, tags['b'] ?? '', 'base64')) throw new Error('the signature is wrong');
  return tags;
}

function relaxed(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${header.slice(0, colon).toLowerCase().trim()}:${value}`;
}
