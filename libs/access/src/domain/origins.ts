import { fail, ok, type Result } from '@repartee/contracts';

/** The origins a public key may be used from, made ready for quick comparison. */
export interface OriginRules {
  readonly any: boolean;
  readonly exact: ReadonlySet<string>;
  /** `scheme://host` of the entries written `scheme://host:*`. */
  readonly anyPort: ReadonlySet<string>;
}

const ANY_PORT = ':*';

/**
 * Brings one allowed origin into the form that browsers send (RFC 6454): `scheme://host[:port]`, lower case, no default port.
 * `scheme://host:*` allows every port of a host, `*` every origin.
 */
export function normalizeAllowedOrigin(text: string): Result<string, string> {
  if (text === '*') return ok(text);
  const anyPort = text.endsWith(ANY_PORT);
  const bare = anyPort ? text.slice(0, -ANY_PORT.length) : text;
  const url = parseUrl(bare);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return fail('must be an http or https origin such as https://shop.example.org, or *');
  }
  const extra = url.username || url.password || url.search || url.hash || url.pathname !== '/';
  if (extra || (anyPort && url.port)) return fail('must be an origin alone: scheme, host and port');
  if (url.hostname.includes('*')) return fail('cannot have a wildcard in the host name');
  return ok(anyPort ? `${url.origin}${ANY_PORT}` : url.origin);
}

/** Not `URL.canParse`: in Node 20 it refuses letters beyond ASCII once it has been optimised. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Prepares the normalised origins of a key. */
export function originRules(allowed: readonly string[]): OriginRules {
  return {
    any: allowed.includes('*'),
    exact: new Set(allowed.filter((origin) => origin !== '*' && !origin.endsWith(ANY_PORT))),
    anyPort: new Set(
      allowed
        .filter((origin) => origin.endsWith(ANY_PORT))
        .map((origin) => origin.slice(0, -ANY_PORT.length)),
    ),
  };
}

/** Whether the Origin header of a request is among the allowed. The opaque origin `null` is only with `*`. */
export function allowsOrigin(rules: OriginRules, origin: string): boolean {
  if (rules.any || rules.exact.has(origin)) return true;
  if (rules.anyPort.size === 0) return false;
  return rules.anyPort.has(origin.replace(/:\d{1,5}$/, ''));
}

/**
 * Whether a page of our own made the request: its origin is the host it calls, or the public address.
 * The scheme is not compared, as TLS may end before us.
 */
export function isOwnOrigin(origin: string, host: string | undefined, publicOrigin: string): boolean {
  if (origin === publicOrigin) return true;
  if (!host) return false;
  return origin === `http://${host}` || origin === `https://${host}`;
}
