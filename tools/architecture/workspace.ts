import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { House } from './house.js';
import { readHouse } from './house.js';
import type { SourceFile } from './source-file.js';
import { readSource } from './source-file.js';

/** One package of the workspace with everything its files say. */
export interface Package {
  name: string;
  folder: string;
  floor: string;
  kind: string;
  /** `.` and the subpaths of `exports`. */
  doors: Set<string>;
  dependencies: Set<string>;
  devDependencies: Set<string>;
  files: SourceFile[];
}

export interface Workspace {
  root: string;
  house: House;
  packages: Package[];
  /** What the root offers to every package's tests and tools. */
  rootDependencies: Set<string>;
}

/** Something a rule does not allow. `where` is `path:line` or a package's name. */
export interface Violation {
  rule: string;
  where: string;
  message: string;
}

/** One rule of the house, checked over the whole workspace. */
export type Rule = (workspace: Workspace) => Violation[];

interface Manifest {
  name: string;
  workspaces?: string[];
  nx?: { tags?: string[] };
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const ignored = new Set(['node_modules', 'dist', 'coverage', '.data', 'results']);
const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const namesOf = (record: Record<string, string> = {}) => new Set(Object.keys(record));

function packageFolders(root: string, globs: string[]): string[] {
  const candidates = globs.flatMap((glob) => {
    if (!glob.endsWith('/*')) return [glob];
    const parent = glob.slice(0, -2);
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
  });
  return candidates.filter((folder) => existsSync(join(root, folder, 'package.json')));
}

function sourcePaths(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ignored.has(entry.name) ? [] : sourcePaths(root, path);
    return /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function readPackage(root: string, folder: string): Package {
  const manifest = readManifest(join(root, folder));
  const tag = (prefix: string) =>
    manifest.nx?.tags?.find((one) => one.startsWith(prefix))?.slice(prefix.length) ?? '';
  return {
    name: manifest.name,
    folder,
    floor: tag('floor:'),
    kind: tag('kind:'),
    doors: new Set(Object.keys(manifest.exports ?? {}).map((door) => door.replace(/^\.\/?/, ''))),
    dependencies: namesOf(manifest.dependencies),
    devDependencies: namesOf(manifest.devDependencies),
    files: sourcePaths(root, folder).map((path) => readSource(root, path)),
  };
}

/** Reads every package of the workspace at `root`. */
export function readWorkspace(root: string): Workspace {
  const manifest = readManifest(root);
  return {
    root,
    house: readHouse(root),
    packages: packageFolders(root, manifest.workspaces ?? []).map((folder) => readPackage(root, folder)),
    rootDependencies: new Set([...namesOf(manifest.dependencies), ...namesOf(manifest.devDependencies)]),
  };
}

/** `@scope/name/sub` → `@scope/name` and `sub`; undefined for relative and Node's own. */
export function splitSpecifier(specifier: string): { name: string; door: string } | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('node:'))
    return undefined;
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), door: parts.slice(length).join('/') };
}

/** The file of the package that a relative import means, where there is one. */
export function resolveRelative(
  from: SourceFile,
  specifier: string,
  known: ReadonlyMap<string, SourceFile>,
): string | undefined {
  const target = posix.join(posix.dirname(from.path), specifier);
  const stem = target.replace(/\.[cm]?jsx?$/, '');
  const candidates = [
    target,
    `${stem}.ts`,
    `${stem}.tsx`,
    `${stem}.mts`,
    `${target}.ts`,
    `${target}.tsx`,
    `${target}/index.ts`,
    `${target}/index.tsx`,
  ];
  return candidates.find((path) => known.has(path));
}

/** The files of a package by their path. */
export const filesByPath = (one: Package) => new Map(one.files.map((file) => [file.path, file]));
