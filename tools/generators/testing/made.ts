import { type Tree } from '@nx/devkit';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');
const BORROWED = ['node_modules', 'jest.preset.cjs', 'tsconfig.base.json', 'libs/platform', 'libs/contracts'];

/** A file of this workspace. */
export const readHere = (path: string) => readFileSync(join(root, path), 'utf8');

/** What a generator made, in a folder that borrows the rest of the workspace. */
export interface Made {
  tree: Tree;
  /** Folder of the package, with a slash at its end. */
  package: string;
  /** Further packages it needs. */
  needs?: readonly string[];
}

/** Type-checks what was made and runs its own specs. @returns what went wrong; empty when nothing did */
export function whatFails({ tree, package: made, needs = [] }: Made): string {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'));
  try {
    settle({ tree, package: made, needs }, folder);
    const config = join(folder, made, 'jest.config.cjs');
    return (
      run(folder, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json') +
      run(folder, 'node_modules/jest/bin/jest.js', '-c', config, '--ci', '-i')
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function settle({ tree, package: made, needs = [] }: Made, folder: string): void {
  for (const path of [...BORROWED, ...needs]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
  for (const { path, content } of tree.listChanges().filter((change) => change.path.startsWith(made))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content ?? '');
  }
  const tsconfig = { extends: './tsconfig.base.json', include: [`${made}**/*.ts`] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
}

function run(folder: string, script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${script} ended with ${status}: ${stdout}${stderr}`;
}
