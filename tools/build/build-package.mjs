// Compiles one package's src/ to dist/, file by file. Types are checked apart, by `npm run typecheck`.
import { transformFile } from '@swc/core';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

const root = process.cwd();
const target = join(root, 'dist');
/** Folders given by name land in dist/<name>; without any, src/ becomes dist/. */
const folders = process.argv.slice(2);
const sources = folders.length
  ? folders.map((name) => [join(root, name), join(target, name)])
  : [[join(root, 'src'), target]];

const options = {
  sourceMaps: true,
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true },
  },
  module: { type: 'es6' },
};

async function compile(from, to) {
  await mkdir(dirname(to), { recursive: true });
  if (!from.endsWith('.ts') || from.endsWith('.d.ts')) return cp(from, to);
  const { code, map } = await transformFile(from, options);
  const script = to.replace(/\.ts$/, '.js');
  await writeFile(script, `${code}\n//# sourceMappingURL=${basename(script)}.map\n`);
  await writeFile(`${script}.map`, map ?? '{}');
}

await rm(target, { recursive: true, force: true });
for (const [source, destination] of sources) {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || /\.spec\.tsx?$/.test(entry.name)) continue;
    const from = join(entry.parentPath ?? entry.path, entry.name);
    await compile(from, join(destination, relative(source, from)));
  }
}
