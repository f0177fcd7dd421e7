import type { RuleVariables } from './rule-variables.js';

/** Reads a field of the variables, however deep; undefined where it is not. */
export type Read = (variables: RuleVariables) => unknown;

/** Readers of fields by their paths. Rules that share them read each field once for the same variables. */
export class FieldReaders {
  private readonly byPath = new Map<string, Read>();

  /** @param path names, the variable first */
  of(path: readonly [string, ...string[]]): Read {
    const name = JSON.stringify(path);
    const known = this.byPath.get(name) ?? once(readerOf(path));
    this.byPath.set(name, known);
    return known;
  }
}

/** Hundreds of rules ask about one person in a row. */
function once(read: Read): Read {
  let asked: RuleVariables | undefined;
  let value: unknown;
  return (variables) => {
    if (variables !== asked) {
      value = read(variables);
      asked = variables;
    }
    return value;
  };
}

function readerOf([variable, ...fields]: readonly [string, ...string[]]): Read {
  return (variables) => {
    let value = (variables as Record<string, unknown>)[variable];
    for (const field of fields) value = fieldOf(value, field);
    return value;
  };
}

/** What plain objects inherit is neither text, number nor truth, so that nobody takes it for a field. */
function fieldOf(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return undefined;
  return (holder as Record<string, unknown>)[key];
}
