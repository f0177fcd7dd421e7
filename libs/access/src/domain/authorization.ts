/** What an Authorization header carries. A Basic credential is the user name; passwords are ignored. */
export interface Credential {
  readonly scheme: 'bearer' | 'basic';
  readonly value: string;
}

/** Longer than any token we issue; what is longer is not looked at. */
const MAX_HEADER = 8192;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Reads an Authorization header (RFC 6750, RFC 7617). Anything else than a well-formed Bearer or Basic is `null`. */
export function parseAuthorization(header: string): Credential | null {
  if (header.length > MAX_HEADER) return null;
  const space = header.indexOf(' ');
  if (space < 0) return null;
  const scheme = header.slice(0, space).toLowerCase();
  const value = header.slice(space + 1).trim();
  if (value === '') return null;
  if (scheme === 'bearer') return { scheme, value };
  if (scheme === 'basic' && BASE64.test(value))
    return userNameOf(Buffer.from(value, 'base64').toString('utf8'));
  return null;
}

/** `key:` is how SDKs send it. A key may itself hold a colon, so an empty password is cut off first. */
function userNameOf(pair: string): Credential | null {
  const end = pair.endsWith(':') ? pair.length - 1 : pair.indexOf(':');
  const value = end < 0 ? pair : pair.slice(0, end);
  return value === '' ? null : { scheme: 'basic', value };
}
