/** FNV-1a (Fowler, Noll, Vo; 32 bit, over UTF-16 code units). Spreads texts evenly; no protection against intent. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
