// Writes the types of packages into their dist/, for those who use them outside of this workspace. What another builds
// on comes first: `declare-package.mjs ../../contracts .`
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const options = [
  [
    '--ignoreConfig',
    '--declaration',
    '--emitDeclarationOnly',
    '--noEmit',
    'false',
    '--skipLibCheck',
    '--strict',
  ],
  ['--target', 'ES2023', '--lib', 'ES2024', '--types', 'node', '--module', 'NodeNext'],
  ['--rootDir', 'src', '--outDir', 'dist'],
].flat();

for (const folder of process.argv.slice(2)) {
  const sources = readdirSync(join(folder, 'src'), { recursive: true })
    .map((name) => join('src', String(name)))
    // Those who use a package do not test it.
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !/[\\/]testing[\\/]/.test(name));
  const { status } = spawnSync(process.execPath, [tsc, ...options, ...sources], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
