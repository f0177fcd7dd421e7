const MAX_WAIT = 10;
const DEFAULT_WAIT = 2;

/**
 * Reads `Prefer: visible, wait=N` (RFC 7240).
 * @returns seconds to wait, 10 at most; undefined when visibility was not asked for
 */
export function visibleWait(prefer: string | string[] | undefined): number | undefined {
  const preferences = (Array.isArray(prefer) ? prefer.join(',') : (prefer ?? ''))
    .split(/[,;]/)
    .map((preference) => preference.trim().toLowerCase());
  if (!preferences.includes('visible')) return undefined;
  const wait = preferences.find((preference) => preference.startsWith('wait='))?.slice('wait='.length);
  const seconds = Number(wait ?? DEFAULT_WAIT);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, MAX_WAIT) : DEFAULT_WAIT;
}
