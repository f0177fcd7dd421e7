// `node tools/bootstrap/run.mjs <built script> …`: installs and builds what is missing, then runs the script.
import './check-node.mjs';
import './parent.mjs';
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { tell } from './progress.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [script, ...args] = process.argv.slice(2);

if (!script) {
  console.error('Usage: node tools/bootstrap/run.mjs <built script> [arguments]');
  process.exit(2);
}
try {
  await ensureInstalled(root);
  await ensureBuilt(root);
} catch (error) {
  tell(error);
  process.exit(1);
}
const child = spawn(process.execPath, [resolve(root, script), ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // A terminal's Ctrl-C has reached the script already.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
