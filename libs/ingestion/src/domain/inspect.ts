/** Deeper than this no event of a real sender is. */
const MAX_DEPTH = 100;

/** Why a parsed JSON value cannot be kept as it is, and where. */
export interface Defect {
  pointer: string;
  detail: string;
}

const FORBIDDEN_KEYS = new Set(['__proto__']);

function textDefect(text: string): string | undefined {
  if (text.includes('\u0000')) return 'holds a NUL character';
  if (!text.isWellFormed()) return 'holds half of a surrogate pair, which is not Unicode text';
  return undefined;
}

/** A JSON pointer (RFC 6901) token. */
function token(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100);
}

/**
 * Looks a parsed JSON value over for what no store should swallow: NUL, broken Unicode, `__proto__` keys,
 * absurd nesting. Depth-first, and the recursion is bounded by the depth limit itself.
 */
export function inspect(value: unknown, pointer = '#', depth = 0): Defect | undefined {
  if (typeof value === 'string') {
    const detail = textDefect(value);
    return detail === undefined ? undefined : { pointer, detail };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return { pointer, detail: `is nested deeper than ${MAX_DEPTH} levels` };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const defect = inspect(value[i], pointer, depth + 1);
      if (defect) return defect.pointer === pointer ? { ...defect, pointer: `${pointer}/${i}` } : defect;
    }
    return undefined;
  }
  return inspectObject(value as Record<string, unknown>, pointer, depth);
}

function inspectObject(value: Record<string, unknown>, pointer: string, depth: number): Defect | undefined {
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key)) return { pointer, detail: `has a key named ${key}` };
    if (textDefect(key)) return { pointer, detail: `has a key that ${textDefect(key)}` };
    const child = value[key];
    if (typeof child === 'number' || typeof child === 'boolean' || child === null) continue;
    const defect = inspect(child, pointer, depth + 1);
    if (defect)
      return { detail: defect.detail, pointer: defect.pointer.replace(pointer, `${pointer}/${token(key)}`) };
  }
  return undefined;
}
