const UNSEEN = /[\u0000-\u0020\u007f\\]/;

/**
 * Whether a page may link to a URL or load it: `http(s)` with a host, or a path, query or fragment of the site itself.
 * Everything else is refused: `javascript:` and `data:`, `//host` (another site), and characters that browsers drop.
 */
export function isSafeUrl(url: string): boolean {
  if (UNSEEN.test(url)) return false;
  if (/^https?:\/\/[^/?#]/i.test(url)) return URL.canParse(url);
  return /^(\/(?!\/)|\?|#)/.test(url);
}
