import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** Conditions of a package's `exports` that fit an ES module in Node. */
const CONDITIONS = new Set(['node', 'import', 'module-sync', 'default']);

/** Where a package lies, and the file to import. */
export interface PackageEntry {
  folder: string;
  entry: string;
}

/**
 * Finds what a name in the configuration means: a package installed at or above `from`, or a path from there to a
 * package's folder or a file.
 */
export function findEntry(name: string, from: string): PackageEntry | undefined {
  if (/^\.{0,2}[\\/]/.test(name)) return entryAt(resolve(from, name));
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return places.map((place) => entryAt(join(place, name))).find((found) => found !== undefined);
}

function entryAt(path: string): PackageEntry | undefined {
  if (!existsSync(path)) return undefined;
  if (statSync(path).isFile()) return { folder: dirname(path), entry: path };
  const manifest = join(path, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const { exports, main } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    exports?: unknown;
    main?: string;
  };
  const entry = join(path, exportedEntry(exports) ?? main ?? 'index.js');
  return existsSync(entry) ? { folder: path, entry } : undefined;
}

/** The file behind the door `.` (Node’s package entry points, conditional exports). */
function exportedEntry(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(exportedEntry).find((one) => one !== undefined);
  if (typeof exports !== 'object' || exports === null) return undefined;
  for (const [key, value] of Object.entries(exports))
    if (key === '.' || CONDITIONS.has(key)) {
      const found = exportedEntry(value);
      if (found !== undefined) return found;
    }
  return undefined;
}
