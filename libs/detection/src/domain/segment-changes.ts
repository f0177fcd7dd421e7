/** The segments of one person. */
export interface SegmentsOfPerson {
  profileId: string;
  segments: readonly string[];
}

/** One person enters or leaves one segment. */
export interface Move {
  profileId: string;
  segment: string;
}

/** Who enters and who leaves what. */
export interface Moves {
  entered: Move[];
  left: Move[];
}

/**
 * What has changed between two looks at some people.
 * @param before by profile; who is missing was in none
 */
export function movesBetween(
  before: ReadonlyMap<string, readonly string[]>,
  after: readonly SegmentsOfPerson[],
): Moves {
  const moves: Moves = { entered: [], left: [] };
  for (const { profileId, segments } of after) {
    const held = new Set(before.get(profileId));
    const now = new Set(segments);
    for (const segment of now) if (!held.has(segment)) moves.entered.push({ profileId, segment });
    for (const segment of held) if (!now.has(segment)) moves.left.push({ profileId, segment });
  }
  return moves;
}
