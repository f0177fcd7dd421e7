// A child's log: the child writes to the file itself, so that it can finish in order when we are gone. We read along.
import {
  closeSync,
  copyFileSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure, lastLines } from './progress.mjs';

const LIMIT = 5 * 1024 * 1024;
const EVERY = 200;

/** The folder for logs. Where the data folder cannot be written, which is the core's to report, they go at the end. */
export function logFolder(dataDir) {
  for (const [folder, temporary] of [
    [join(dataDir, 'logs'), false],
    [join(tmpdir(), `repartee-logs-${process.pid}`), true],
  ]) {
    try {
      makeFolders(folder);
      // A full disk shows only when something is written.
      writeFileSync(join(folder, '.probe'), 'probe\n');
      rmSync(join(folder, '.probe'));
      return { folder, remove: () => temporary && rmSync(folder, { recursive: true, force: true }) };
    } catch {
      continue; // Perhaps the next.
    }
  }
  throw new Failure(`Neither ${dataDir} nor ${tmpdir()} can be written.`);
}

/** Not `recursive: true`, which never ends where nothing can be created, as below /proc. */
function makeFolders(path) {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  mkdirSync(path);
}

export class LogFile {
  #path;
  #descriptor;
  #begin;
  #position;
  #rest = '';
  #timer;

  constructor(folder, name) {
    this.#path = join(folder, `${name}.log`);
    this.#keepSmall();
    this.#descriptor = openSync(this.#path, 'a+', 0o600);
    this.#begin = this.#position = fstatSync(this.#descriptor).size;
  }

  get path() {
    return this.#path;
  }

  /** For the child's stdout and stderr. */
  get descriptor() {
    return this.#descriptor;
  }

  /** Hands every further line to `onLine` until the log is closed. */
  follow(onLine) {
    this.#timer = setInterval(() => {
      this.#read(onLine);
      this.#keepSmall();
    }, EVERY);
    this.#timer.unref();
  }

  /** The last lines of this run. */
  tail(count) {
    return lastLines(this.#text(this.#begin), count);
  }

  close() {
    clearInterval(this.#timer);
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #read(onLine) {
    const text = this.#text(this.#position);
    this.#position += Buffer.byteLength(text);
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    lines.filter((line) => line.trim() !== '').forEach(onLine);
  }

  #text(from) {
    if (this.#descriptor === undefined) return '';
    const length = fstatSync(this.#descriptor).size - from;
    if (length <= 0) return '';
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(this.#descriptor, buffer, 0, length, from)).toString('utf8');
  }

  /** Writers append, so the file can be copied to `.1` and emptied under them. */
  #keepSmall() {
    if ((statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) <= LIMIT) return;
    copyFileSync(this.#path, `${this.#path}.1`);
    truncateSync(this.#path);
    this.#begin = this.#position = 0;
  }
}
