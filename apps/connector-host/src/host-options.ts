import { fail, ok, type Result } from '@repartee/contracts';
import { parseArgs } from 'node:util';

/** Reads `--connectors a,b`. @returns the names, or one line that says what is wrong */
export function readConnectors(args: readonly string[], known: readonly string[]): Result<string[], string> {
  try {
    const { values } = parseArgs({ args: [...args], options: { connectors: { type: 'string' } } });
    const names = (values.connectors ?? '').split(',').map((name) => name.trim());
    const chosen = [...new Set(names.filter((name) => name !== ''))];
    if (chosen.length === 0) return fail(`--connectors names none; there are ${known.join(', ')}`);
    const stranger = chosen.find((name) => !known.includes(name));
    return stranger === undefined
      ? ok(chosen)
      : fail(`--connectors names ${stranger}, which is not here; there are ${known.join(', ')}`);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
