const UNSEEN = /[\u0000-\u0020\u007f\\]/;

/**
 * Whether a page may link to a URL or load it: `http(s)` with a host, or a path, query or fragment of the site itself.
 * Everything else is refused: `javascript:` and `data:`, `//host` (another site), and characters that browsers drop.
 */
export function isSafeUrl(url: string): boolean {
  if (UNSEEN.test(url)) return false;
  if (/^https?:\/\/[^/?#]/i.test(url)) return parses(url);
  return /^(\/(?!\/)|\?|#)/.test(url);
}

/** Not `URL.canParse`: in Node 20 it refuses letters beyond ASCII once it has been optimised. */
function parses(url: string): boolean {
  try {
    return Boolean(new URL(url));
  } catch {
    return false;
  }
}
