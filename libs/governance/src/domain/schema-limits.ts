/** Bounds on one JSON Schema of a tracking plan: what a check may cost is decided when the plan is saved. */
export const MAX_SCHEMA_BYTES = 32 * 1024;
const MAX_DEPTH = 32;
/** Sub-schemas after every `$ref` has been written out. */
const MAX_EXPANDED = 2_000;
const MAX_PATTERN = 500;
/** Comparing every pair of a list is paid for by the square of its length. */
const MAX_UNIQUE_ITEMS = 200;

/** Keywords that would let a schema reach outside itself or run without end. */
const FORBIDDEN = new Set([
  '$id',
  'id',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$recursiveRef',
  '$async',
]);
/** Keywords whose value is data or a name, not a schema. */
const DATA = new Set([
  'const',
  'enum',
  'default',
  'examples',
  'required',
  'title',
  'description',
  '$comment',
]);
const LOCAL_REF = /^#\/(?:definitions|\$defs)\/[^/]+$/;

export interface SchemaFlaw {
  /** JSON pointer within the schema. */
  pointer: string;
  detail: string;
}

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks a schema, writing out its references, and stops at the first thing that is too much. */
class SchemaWalk {
  private expanded = 0;

  constructor(private readonly root: JsonObject) {}

  look(node: unknown, pointer: string, depth: number, open: readonly string[]): SchemaFlaw | undefined {
    if (Array.isArray(node)) return this.first(node.entries(), pointer, depth, open);
    if (!isObject(node)) return undefined;
    this.expanded += 1;
    if (depth > MAX_DEPTH) return { pointer, detail: `is nested deeper than ${MAX_DEPTH} levels` };
    if (this.expanded > MAX_EXPANDED)
      return { pointer, detail: `the schema has more than ${MAX_EXPANDED} parts, references written out` };
    const flaw = this.keywords(node, pointer);
    if (flaw) return flaw;
    const members = Object.entries(node).filter(
      ([key]) => !DATA.has(key) && key !== 'definitions' && key !== '$defs',
    );
    return this.follow(node, pointer, depth, open) ?? this.first(members, pointer, depth, open);
  }

  private first(
    members: Iterable<[string | number, unknown]>,
    pointer: string,
    depth: number,
    open: readonly string[],
  ): SchemaFlaw | undefined {
    for (const [key, value] of members) {
      const flaw = this.look(value, `${pointer}/${key}`, depth + 1, open);
      if (flaw) return flaw;
    }
    return undefined;
  }

  private keywords(node: JsonObject, pointer: string): SchemaFlaw | undefined {
    for (const key of Object.keys(node)) {
      // A property may be called `id`; a keyword of that name has a text as its value.
      if (FORBIDDEN.has(key) && typeof node[key] !== 'object')
        return { pointer: `${pointer}/${key}`, detail: 'this keyword is not supported' };
    }
    const { pattern, maxItems } = node;
    if (typeof pattern === 'string' && pattern.length > MAX_PATTERN)
      return { pointer: `${pointer}/pattern`, detail: `is longer than ${MAX_PATTERN} characters` };
    if (node['uniqueItems'] === true && !(typeof maxItems === 'number' && maxItems <= MAX_UNIQUE_ITEMS))
      return { pointer: `${pointer}/uniqueItems`, detail: `needs maxItems of at most ${MAX_UNIQUE_ITEMS}` };
    return undefined;
  }

  /** Walks what a reference stands for, in its place: references in references multiply. */
  private follow(
    node: JsonObject,
    pointer: string,
    depth: number,
    open: readonly string[],
  ): SchemaFlaw | undefined {
    const ref = node['$ref'];
    if (typeof ref !== 'string') return undefined;
    const at = `${pointer}/$ref`;
    if (!LOCAL_REF.test(ref)) return { pointer: at, detail: 'must name one of the schema’s own definitions' };
    if (open.includes(ref)) return { pointer: at, detail: 'a schema may not contain itself' };
    const [, where = '', name = ''] = ref.split('/');
    const held = this.root[where];
    const key = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isObject(held) || !Object.hasOwn(held, key)) return { pointer: at, detail: 'names nothing' };
    return this.look(held[key], at, depth + 1, [...open, ref]);
  }
}

/**
 * Says what makes a JSON Schema unfit for a tracking plan: too large, too deep, recursive, or reaching outside.
 * What passes is checked against an event of 32 KB in bounded time. It says nothing of the keywords' values.
 */
export function flawOfSchema(schema: unknown): SchemaFlaw | undefined {
  if (!isObject(schema)) return { pointer: '', detail: 'must be an object' };
  const walk = new SchemaWalk(schema);
  const flaw = depthFlaw(schema, '', 0) ?? walk.look(schema, '', 0, []);
  if (flaw) return flaw;
  return JSON.stringify(schema).length > MAX_SCHEMA_BYTES
    ? { pointer: '', detail: `is larger than ${MAX_SCHEMA_BYTES} bytes` }
    : undefined;
}

/** Data and definitions nobody refers to are compiled too. */
function depthFlaw(node: unknown, pointer: string, depth: number): SchemaFlaw | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (depth > MAX_DEPTH * 2) return { pointer, detail: `is nested deeper than ${MAX_DEPTH * 2} levels` };
  for (const [key, value] of Object.entries(node)) {
    const flaw = depthFlaw(value, `${pointer}/${key}`, depth + 1);
    if (flaw) return flaw;
  }
  return undefined;
}
