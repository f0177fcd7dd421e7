// Programs that the tests need and npm does not bring: found on PATH, else installed by root, else asked for.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, step } from './progress.mjs';
import { requireProgram } from './run-program.mjs';

const NEEDED = [
  { package: 'chromium', names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] },
  { package: 'nats-server', names: ['nats-server'] },
  { package: 'python3', names: ['python3'] },
  { package: 'exim4-daemon-light', names: ['exim4'] },
];

/** @returns the path of each program by its Debian package: `{chromium, 'nats-server', …}` */
export async function requireTestPrograms() {
  const missing = NEEDED.filter(({ names }) => !findOnPath(names)).map((needed) => needed.package);
  if (missing.length) await install(missing);
  return Object.fromEntries(NEEDED.map((needed) => [needed.package, findOnPath(needed.names)]));
}

function findOnPath(names) {
  // Debian keeps servers in sbin, which is not on everyone's PATH.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin'].filter(
    Boolean,
  );
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function install(packages) {
  const list = packages.join(' ');
  if (process.geteuid?.() !== 0 || !findOnPath(['apt-get'])) {
    throw new Failure(
      `The tests need ${packages.join(' and ')}: install it first, on Debian with: sudo apt-get install ${list}`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`Installing ${packages.join(' and ')}`, 'Installed', async () => {
    await requireProgram('apt-get update', 'apt-get', ['update'], { env });
    await requireProgram(
      'apt-get install',
      'apt-get',
      ['install', '-y', '--no-install-recommends', ...packages],
      { env },
    );
  });
  const still = NEEDED.filter((needed) => packages.includes(needed.package) && !findOnPath(needed.names));
  if (still.length) throw new Failure(`${still[0].package} was installed but is not on PATH.`);
}
