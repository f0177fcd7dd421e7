/** A conversation that rested longer than this is over. */
const RESTS = 30 * 86_400_000;

/**
 * The conversation that is going on with a person, if there is one.
 * @param last the latest one; `at` is when something was last said in it. Times in milliseconds since the epoch
 */
export function currentDialogue(
  last: { id: string; at: number } | undefined,
  now: number,
): string | undefined {
  return last !== undefined && now - last.at < RESTS ? last.id : undefined;
}
