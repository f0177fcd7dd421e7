// Installs from the lock file, and only when what is installed is something else.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, step } from './progress.mjs';
import { requireProgram } from './run-program.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

export async function ensureInstalled(root) {
  const lock = JSON.parse(readText(join(root, 'package-lock.json')));
  const manifests = workspaceManifests(root, lock);
  const stamp = {
    files: fingerprint([readText(join(root, 'package-lock.json')), ...manifests.map(({ text }) => text)]),
    system: `${process.platform}-${process.arch}-${process.versions.modules}`,
  };
  const last = readStamp(root, 'installed');
  if (last?.files === stamp.files && last.system === stamp.system) return;

  const sameSystem = !last || last.system === stamp.system;
  if (!(sameSystem && isInstalled(root, lock, manifests))) {
    const [command, ...args] = npmCommand();
    await step('Installing packages', 'Packages installed', () =>
      requireProgram(
        'npm ci',
        command,
        [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
        {
          cwd: root,
        },
      ),
    );
  }
  writeStamp(root, 'installed', stamp);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(`${path} cannot be read: ${error.message}`);
  }
}

function workspaceManifests(root, lock) {
  return Object.keys(lock.packages)
    .filter((folder) => !folder.includes('node_modules'))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, text: readText(join(root, folder, 'package.json')) }));
}

function fingerprint(texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Compares the lock file with what npm noted down in node_modules: an install made by hand counts too. */
function isInstalled(root, lock, manifests) {
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  const agrees = ([path, wanted]) => {
    const found = installed[path];
    if (!found) return Boolean(wanted.optional || wanted.devOptional || wanted.peer);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  };
  return (
    Object.entries(lock.packages)
      .filter(([path]) => path !== '')
      .every(agrees) &&
    manifests.every(({ folder, text }) => {
      const manifest = JSON.parse(text);
      return KINDS.every((kind) => same(manifest[kind], lock.packages[folder][kind]));
    })
  );
}

function same(a = {}, b = {}) {
  return Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
}

/** The npm that runs us, else the one on PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
}
