import { fail, failure, ok, type Result } from '@repartee/contracts';

export interface JsonOptions {
  /** Deepest nesting accepted; 100 unless given. */
  maxDepth?: number;
  /**
   * Whether texts that PostgreSQL cannot hold (NUL, lone surrogates) are refused; yes unless given. Who says no must
   * look at them itself.
   */
  refuseUnstorable?: boolean;
}

const DEFAULT_DEPTH = 100;
/** A text without any of these has neither a poisonous key nor a character that came by an escape. */
const SUSPECT = /__proto__|constructor|\\u/;

/**
 * Parses JSON from outside. Refused: what is not JSON, nesting past `maxDepth` (found without recursion), keys that
 * poison prototypes (`__proto__`, `constructor` with `prototype`), and texts that cannot be stored.
 */
export function parseJson(body: Buffer | string, options: JsonOptions = {}): Result<unknown> {
  const text = typeof body === 'string' ? body : body.toString('utf8');
  const { maxDepth = DEFAULT_DEPTH, refuseUnstorable = true } = options;
  if (isDeeperThan(text, maxDepth)) return refuse(`nested deeper than ${maxDepth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return refuse(reasonOf(error));
  }
  if (SUSPECT.test(text)) {
    const reason = findPoison(value, refuseUnstorable);
    if (reason !== undefined) return refuse(reason);
  }
  return ok(value);
}

/** Whether a text holds what PostgreSQL cannot: NUL or a lone surrogate. */
export function isUnstorable(text: string): boolean {
  return text.includes('\0') || LONE_SURROGATE.test(text);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function refuse(detail: string) {
  return fail(failure('HTTP.MALFORMED_JSON', detail));
}

/** V8 quotes the input in its message; of that only what went wrong and where is told. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /at position \d+(?: \(line \d+ column \d+\))?/.exec(message);
  if (position) return `not valid JSON ${position[0]}`;
  return /end of (JSON )?input/i.test(message) ? 'the JSON ends too early' : 'not valid JSON';
}

function isDeeperThan(text: string, maxDepth: number): boolean {
  // So many levels need as many brackets that open, and most texts have but a few.
  if (occurrences(text, '{', maxDepth) + occurrences(text, '[', maxDepth) <= maxDepth) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x22) at = endOfString(text, at);
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
}

/** How often a character occurs; counted up to one more than `most`. */
function occurrences(text: string, character: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count <= most; at = text.indexOf(character, at + 1))
    count += 1;
  return count;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x22) return at;
    if (character === 0x5c) at += 1;
  }
  return at;
}

function findPoison(root: unknown, refuseUnstorable: boolean): string | undefined {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') {
      if (refuseUnstorable && isUnstorable(value)) return 'a text holds NUL or half of a surrogate pair';
    } else if (Array.isArray(value)) {
      for (const item of value) waiting.push(item);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (key === '__proto__' || (key === 'constructor' && hasPrototype(item))) {
          return `the key ${key} is not allowed`;
        }
        if (refuseUnstorable && isUnstorable(key)) return 'a key holds NUL or half of a surrogate pair';
        waiting.push(item);
      }
    }
  }
  return undefined;
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
