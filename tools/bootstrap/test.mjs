// `npm test`: installs what is missing, builds, runs every test and ends with one line of counts.
import './check-node.mjs';
import './parent.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { tell } from './progress.mjs';
import { runProgram } from './run-program.mjs';
import { requireTestPrograms } from './test-programs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function main() {
  await ensureInstalled(root);
  const programs = await requireTestPrograms();
  await ensureBuilt(root);
  return runJest(programs);
}

async function runJest(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-results-'));
  const results = join(folder, 'results.json');
  try {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const args = [
      jest,
      '--ci',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${results}`,
      ...process.argv.slice(2),
    ];
    const env = {
      ...process.env,
      REPARTEE_CHROMIUM: process.env.REPARTEE_CHROMIUM || programs.chromium,
      REPARTEE_NATS_SERVER: process.env.REPARTEE_NATS_SERVER || programs['nats-server'],
      REPARTEE_PYTHON3: process.env.REPARTEE_PYTHON3 || programs.python3,
      REPARTEE_EXIM: process.env.REPARTEE_EXIM || programs['exim4-daemon-light'],
    };
    const { code } = await runProgram(process.execPath, args, { cwd: root, env });
    return { code, ...count(results, code) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that does not run has no failed tests, and yet it failed. */
function count(results, code) {
  let found = {};
  try {
    found = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    // Jest ended before it could write: the exit code counts.
  }
  const failed = (found.numFailedTests ?? 0) + (found.numRuntimeErrorTestSuites ?? 0);
  return {
    passed: found.numPassedTests ?? 0,
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped: (found.numPendingTests ?? 0) + (found.numTodoTests ?? 0),
  };
}

let outcome = { code: 1, passed: 0, failed: 1, skipped: 0 };
try {
  outcome = await main();
} catch (error) {
  tell(error);
}
console.log(`${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`);
process.exitCode = outcome.failed ? outcome.code || 1 : outcome.code;
