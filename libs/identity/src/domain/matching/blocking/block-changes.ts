/** How the members of a block changed. */
export interface BlockChange {
  gained: number;
  lost: number;
}

/** Counts by block what records gained and lost; blocks that they stay in are there, too. */
export function blockChanges(
  moves: readonly { keys: readonly string[]; gained: readonly string[]; lost: readonly string[] }[],
): Map<string, BlockChange> {
  const changes = new Map<string, BlockChange>();
  const of = (block: string) => {
    const held = changes.get(block) ?? { gained: 0, lost: 0 };
    changes.set(block, held);
    return held;
  };
  for (const { keys, gained, lost } of moves) {
    for (const block of keys) of(block);
    for (const block of gained) of(block).gained += 1;
    for (const block of lost) of(block).lost += 1;
  }
  return changes;
}
