import { readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds a process has used so far; undefined where the kernel does not say. */
export function processorSeconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces: count from behind it. Fields 14 and 15 of proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/** Peak resident memory of a process in megabytes (2²⁰ bytes): VmHWM of proc(5). */
export function peakMemory(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** How busy a process keeps its core: processor time over elapsed time, from now until the call of the result. */
export function watchLoad(pid: number): () => number | undefined {
  const start = performance.now();
  const before = processorSeconds(pid);
  return () => {
    const after = processorSeconds(pid);
    if (before === undefined || after === undefined) return undefined;
    return (after - before) / ((performance.now() - start) / 1000);
  };
}
