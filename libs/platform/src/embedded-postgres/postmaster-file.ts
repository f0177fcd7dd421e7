import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server writes into its postmaster.pid (PostgreSQL's pidfile.h). */
export interface PostmasterFile {
  readonly pid: number;
  /** Unknown while the server is still coming up. */
  readonly port: number | undefined;
  readonly ready: boolean;
}

/** Reads the cluster's postmaster.pid; undefined when there is none or it holds no process id. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]) || undefined, ready: lines[7]?.trim() === 'ready' };
}

/** Does the process run? One that ended and that nobody has collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2).charAt(0));
  } catch {
    return true; // No /proc here: the signal's answer has to do.
  }
}

/**
 * Can the process be a server on this very cluster? A server works inside its cluster's folder and belongs to whoever
 * may write there, so a process of somebody else only came by the same number.
 */
export function mayServe(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    try {
      const [its, ours] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
      return its.dev === ours.dev && its.ino === ours.ino;
    } catch {
      return false;
    }
  }
  try {
    return /postgres/.test(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return true;
  }
}

/** The identity that PostgreSQL gave the cluster when it was made: the first eight bytes of pg_control. */
export function systemIdentifier(cluster: string): string {
  const control = readFileSync(join(cluster, 'global', 'pg_control'));
  return String(new BigUint64Array(new Uint8Array(control.subarray(0, 8)).buffer)[0]);
}
