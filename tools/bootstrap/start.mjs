// `npm start`: installs, builds, and runs the whole system. With `--built` it runs what was built before.
import './check-node.mjs';
import './parent.mjs';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { requireFreePort } from './ports.mjs';
import { tell } from './progress.mjs';
import { runSystem } from './run-system.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

try {
  await requireFreePort(process.env);
  if (!process.argv.includes('--built')) {
    await ensureInstalled(root);
    await ensureBuilt(root);
  }
  await runSystem(root);
} catch (error) {
  tell(error);
  process.exit(1);
}
