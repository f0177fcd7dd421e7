const MAX_DEPTH = 32;
const LONE_SURROGATE = /\p{Surrogate}/u;

export interface NotStorable {
  path: (string | number)[];
  message: string;
}

/** What a database of JSON documents cannot keep: NUL characters, lone surrogates, bottomless nesting. Walks without recursion. */
export function firstNotStorable(value: unknown): NotStorable | null {
  const stack: { value: unknown; path: (string | number)[] }[] = [{ value, path: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value: current, path } = next;
    const message = flawOf(current, path.length);
    if (message !== null) return { path, message };
    if (typeof current !== 'object' || current === null) continue;
    for (const [key, member] of Object.entries(current)) {
      const keyFlaw = flawOf(key, 0);
      if (keyFlaw !== null) return { path, message: `a name in it ${keyFlaw}` };
      stack.push({ value: member, path: [...path, Array.isArray(current) ? Number(key) : key] });
    }
  }
  return null;
}

function flawOf(value: unknown, depth: number): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'holds a NUL character';
    return LONE_SURROGATE.test(value) ? 'holds half of a surrogate pair' : null;
  }
  return depth > MAX_DEPTH ? `is nested more than ${MAX_DEPTH} levels deep` : null;
}
