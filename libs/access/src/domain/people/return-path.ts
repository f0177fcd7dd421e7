const MAX_PATH = 2000;
const HERE = 'http://here.invalid';

/**
 * Where to go after signing in: a path of our own, or the fallback. Browsers read `//host`, `/\host` and control
 * characters within as another site, so what comes out is what a browser would make of it, checked.
 */
export function safeReturnPath(text: string | undefined, fallback = '/'): string {
  if (text === undefined || text.length > MAX_PATH || !text.startsWith('/')) return fallback;
  if (/[\\\p{Control}]/u.test(text)) return fallback;
  let url: URL;
  try {
    url = new URL(text, HERE);
  } catch {
    return fallback;
  }
  // Of `/.//host` a parser makes the path `//host`.
  if (url.origin !== HERE || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
