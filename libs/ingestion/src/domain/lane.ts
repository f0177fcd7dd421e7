/** Events are processed in this many lanes: in order within a lane, side by side across them. */
export const LANES = 64;

/**
 * The lane of an event: FNV-1a (Fowler, Noll, Vo; 32 bit, over UTF-16 code units) of the source and the person's id.
 * All events of one person from one source share a lane, and so keep their order.
 */
export function laneOf(source: string, personId: string): number {
  let hash = 0x811c9dc5;
  const text = `${source}\u0000${personId}`;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) % LANES;
}
