// Builds with Nx, whose cache makes a repeated build cheap; when no source changed, not even Nx is asked.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { step } from './progress.mjs';
import { requireProgram } from './run-program.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const SOURCES = ['apps', 'libs', 'tools'];
const FILES = ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json', 'tsconfig.browser.json'];
const SKIPPED = new Set(['node_modules', 'dist', 'coverage', '.data', '.nx']);
const NO_SOURCE = /\.(spec\.tsx?|md|log|tsbuildinfo)$/;

export async function ensureBuilt(root) {
  const before = inspect(root);
  const last = readStamp(root, 'built');
  if (last?.fingerprint === before.fingerprint && before.targets.every((folder) => existsSync(folder)))
    return;

  await step('Building', 'Built', (detail) => {
    let finished = 0;
    const onText = (text) => {
      finished += text.match(/(✔|√)\s+(nx run )?\S+:build/g)?.length ?? 0;
      if (finished)
        detail(`${Math.min(finished, before.targets.length)} of ${before.targets.length} packages`);
    };
    const nx = join(root, 'node_modules', 'nx', nxProgram(root));
    const args = [nx, 'run-many', '-t', 'build', '--parallel=2', '--outputStyle=static'];
    const env = {
      ...process.env,
      CI: 'true',
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    };
    return requireProgram('The build', process.execPath, args, { cwd: root, env, onText });
  });
  // What was changed during the build is built next time.
  writeStamp(root, 'built', { fingerprint: before.fingerprint });
}

function nxProgram(root) {
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules/nx/package.json'), 'utf8'));
  return typeof bin === 'string' ? bin : bin.nx;
}

/** The state of all sources, and the folders that a build leaves behind. */
function inspect(root) {
  const hash = createHash('sha256');
  const targets = [];
  const note = (path) => {
    const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
    hash.update(`${relative(root, path)}\0${size}\0${mtimeMs}\n`);
  };
  const walk = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) walk(path);
      } else if (!NO_SOURCE.test(entry.name)) {
        note(path);
        if (entry.name === 'package.json' && isBuilt(path)) targets.push(join(folder, 'dist'));
      }
    }
  };
  hash.update(process.version);
  for (const file of FILES) note(join(root, file));
  for (const folder of SOURCES) if (existsSync(join(root, folder))) walk(join(root, folder));
  return { fingerprint: hash.digest('hex'), targets };
}

function isBuilt(manifest) {
  return Boolean(JSON.parse(readFileSync(manifest, 'utf8')).scripts?.build);
}
