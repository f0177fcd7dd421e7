import {
  formatFiles,
  generateFiles,
  names,
  output,
  readJson,
  visitNotIgnoredFiles,
  type GeneratorCallback,
  type Tree,
} from '@nx/devkit';
import { fileURLToPath } from 'node:url';

/** What `nx g @repartee/tools:scope` takes. */
export interface ScopeOptions {
  name: string;
  /** The floor the new scope stands on directly. */
  after: string;
}

interface Manifest {
  dependencies: Record<string, string>;
}

const floorsPath = 'tools/architecture/floors.json';
const templates = fileURLToPath(new URL('./files', import.meta.url));

/** TypeORM runs migrations by the number their names end in: the next free hundred after all there are. */
function nextTimestamp(tree: Tree): number {
  let last = 0;
  visitNotIgnoredFiles(tree, 'libs', (path) => {
    if (!path.endsWith('.migration.ts')) return;
    const stamps = tree.read(path, 'utf8')?.match(/(?<=class \w+?)\d{13}\b/g) ?? [];
    last = Math.max(last, ...stamps.map(Number));
  });
  return Math.floor(last / 100) * 100 + 100;
}

function refuseWhatDoesNotFit(tree: Tree, { name, after }: ScopeOptions, floors: string[]): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`"${name}" is not kebab-case.`);
  if (tree.exists(`libs/${name}`)) throw new Error(`libs/${name} is there already.`);
  const scopes = floors.slice(floors.indexOf('platform'), floors.indexOf('orchestration'));
  if (!scopes.includes(after))
    throw new Error(`"${after}" is no floor for a scope; choose one of ${scopes.join(', ')}.`);
}

function whatIsLeft({ name, after }: ScopeOptions, className: string): GeneratorCallback {
  return () =>
    output.note({
      title: `libs/${name} is made. Nothing else was touched; three things are yours to do:`,
      bodyLines: [
        `1. ${floorsPath}: put "${name}" right after "${after}" in "floors".`,
        `2. The app that runs it: add ${className}Module, and its entities and migrations, where apps/core names the others.`,
        `3. npm install, so that other packages find @repartee/${name}.`,
      ],
    });
}

/** Makes `libs/<name>` with its three cells and two doors, and says what is left to do by hand. */
export async function scopeGenerator(tree: Tree, options: ScopeOptions): Promise<GeneratorCallback> {
  const { floors } = readJson<{ floors: string[] }>(tree, floorsPath);
  refuseWhatDoesNotFit(tree, options, floors);
  const { dependencies } = readJson<Manifest>(tree, 'libs/platform/package.json');
  const { className, propertyName } = names(options.name);
  generateFiles(tree, templates, `libs/${options.name}`, {
    ...options,
    className,
    propertyName,
    table: options.name.replaceAll('-', '_'),
    title: `${className.replace(/(?<!^)([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)}: what it owns in one line`,
    timestamp: nextTimestamp(tree),
    versions: { nest: dependencies['@nestjs/common'], typeorm: dependencies['typeorm'] },
  });
  await formatFiles(tree);
  return whatIsLeft(options, className);
}
