import { joinAll, type Level, NONE, raiseLevel } from './decay.js';

export interface RankedItem {
  readonly id: string;
  readonly level: Level;
}

/** The first so many of any number of items, the highest level first, and of equal levels by their ids. Follows each change. */
export class TopList {
  private readonly levels = new Map<string, Level>();
  /** Undefined once one of them has gone or sunk: who follows must be looked for. */
  private top: RankedItem[] | undefined = [];
  private sum: Level | undefined = NONE;

  /** @param most items in the list */
  constructor(private readonly most: number) {}

  put(id: string, level: Level): void {
    const before = this.levels.get(id) ?? NONE;
    this.levels.set(id, level);
    if (level < before) {
      this.top = this.sum = undefined;
      return;
    }
    if (this.sum !== undefined) this.sum = raiseLevel(this.sum, before, level);
    if (this.top) lift(this.top, { id, level }, before, this.most);
  }

  remove(id: string): void {
    if (!this.levels.delete(id)) return;
    this.sum = undefined;
    if (this.top?.some((item) => item.id === id)) this.top = undefined;
  }

  get items(): readonly RankedItem[] {
    if (this.top) return this.top;
    const top: RankedItem[] = [];
    for (const [id, level] of this.levels) admit(top, { id, level }, this.most);
    return (this.top = top);
  }

  /** Of all items together, also of those that are not in the list. */
  get total(): Level {
    return (this.sum ??= joinAll([...this.levels.values()]));
  }
}

/** Puts an item that is new or has risen to where it belongs. @param before its level until now */
function lift(top: RankedItem[], item: RankedItem, before: Level, most: number): void {
  if (before >= (top.at(-1)?.level ?? NONE)) {
    const at = top.findIndex(({ id }) => id === item.id);
    if (at >= 0) top.splice(at, 1);
  }
  admit(top, item, most);
}

/** The first so many of lists that are in order. */
export function firstOf(lists: readonly (readonly RankedItem[])[], most: number): RankedItem[] {
  const first: RankedItem[] = [];
  for (const list of lists) for (const item of list) if (!admit(first, item, most)) break;
  return first;
}

/** Takes an item among the first so many, unless it comes after them all. @returns whether it is one of them */
function admit(first: RankedItem[], item: RankedItem, most: number): boolean {
  if (first.length === most) {
    if (!goesBefore(item, first[most - 1]!)) return false;
    first.pop();
  }
  insert(first, item);
  return true;
}

function goesBefore(a: RankedItem, b: RankedItem): boolean {
  return a.level > b.level || (a.level === b.level && a.id < b.id);
}

/** Into a list in order, by halves. */
function insert(list: RankedItem[], item: RankedItem): void {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (goesBefore(list[middle]!, item)) from = middle + 1;
    else to = middle;
  }
  list.splice(from, 0, item);
}
