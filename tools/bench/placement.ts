import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** Which cores run what. A list is in `taskset` form; undefined leaves the choice to the kernel. */
export interface Placement {
  pinned: boolean;
  server?: string;
  generator?: string;
  database?: string;
}

/** `0-2,5` → 0, 1, 2, 5. */
export function parseCores(list: string): number[] {
  return list
    .trim()
    .split(',')
    .flatMap((part) => {
      const [first = NaN, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}

/** The cores a process may use, as the kernel says; undefined where it does not say (not Linux). */
export function coresOf(pid: number | 'self'): string | undefined {
  try {
    return /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/**
 * The server has the first core to itself and the generator the second. PostgreSQL gets the rest;
 * with two cores there is no rest, and it shares both.
 */
export function choosePlacement(allowed = coresOf('self'), tasksetWorks = hasTaskset()): Placement {
  const cores = allowed === undefined ? [] : parseCores(allowed);
  const [server, generator, ...rest] = cores;
  if (!tasksetWorks || server === undefined || generator === undefined) return { pinned: false };
  const database = rest.length > 0 ? rest.join(',') : cores.join(',');
  return { pinned: true, server: String(server), generator: String(generator), database };
}

function hasTaskset(): boolean {
  return spawnSync('taskset', ['--version']).status === 0;
}

/** Moves a running process, with its threads, and everything it starts from now on. */
export function pin(pid: number, cores: string | undefined): void {
  if (cores !== undefined) spawnSync('taskset', ['-acp', cores, String(pid)]);
}

/** `node script` on the given cores: command and arguments for `spawn`. */
export function nodeOn(cores: string | undefined, script: string): [command: string, args: string[]] {
  return cores === undefined
    ? [process.execPath, [script]]
    : ['taskset', ['-c', cores, process.execPath, script]];
}

/** The machine in one line. */
export const machine = () =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`;
