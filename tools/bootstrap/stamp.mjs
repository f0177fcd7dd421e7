// What was done last, kept inside node_modules: it goes when node_modules goes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const path = (root, name) => join(root, 'node_modules', '.repartee', `${name}.json`);

export function readStamp(root, name) {
  try {
    return JSON.parse(readFileSync(path(root, name), 'utf8'));
  } catch {
    return undefined;
  }
}

/** A stamp only saves time: where it cannot be written, the work is done again next time. */
export function writeStamp(root, name, value) {
  try {
    mkdirSync(dirname(path(root, name)), { recursive: true });
    writeFileSync(path(root, name), JSON.stringify(value));
  } catch {
    return;
  }
}
