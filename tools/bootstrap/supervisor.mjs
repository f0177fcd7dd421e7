// Starts the processes of the system, watches them and ends them in order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './progress.mjs';
import { LogFile } from './log-file.mjs';
import { showLine } from './log-line.mjs';

const PATIENCE = 20_000;

export class Supervisor {
  #children = new Map();
  #options;
  #stopping;
  #reportCrash;

  /** Rejects when a child ends by itself. */
  crashed = new Promise((_, reject) => (this.#reportCrash = reject));

  /** @param options `cwd`, `logs` (folder), `showAll` (every log line, not only warnings), `print` */
  constructor(options) {
    this.#options = { patience: PATIENCE, ...options };
    this.crashed.catch(() => undefined);
  }

  /** Starts a program and returns what it says when it is ready. */
  launch(name, script, env) {
    const log = new LogFile(this.#options.logs, name);
    const child = spawn(process.execPath, [script], {
      cwd: this.#options.cwd,
      env,
      // A process group of its own: the terminal's Ctrl-C reaches us alone, and we end the children in order. They
      // notice our own end, however sudden, by the closed channel.
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const entry = { name, child, log, ended, ready: false, reason: undefined };
    this.#children.set(name, entry);
    log.follow((line) => {
      const shown = showLine(name, line, this.#options.showAll);
      // While it starts, it says by message what is wrong; the log would say it twice.
      if (shown && (entry.ready || this.#options.showAll)) this.#options.print(shown);
    });
    return new Promise((resolve, reject) => {
      child.on('message', (message) => {
        if (message?.type === 'failed') entry.reason = String(message.reason);
        if (message?.type !== 'ready') return;
        entry.ready = true;
        resolve(message);
      });
      child.once('error', (error) => reject(new Failure(`${name} cannot be started: ${error.message}`)));
      child.once('exit', async (code, signal) => {
        await lastMessages(child);
        const failure = this.#describeEnd(entry, signal ?? `exit code ${code}`);
        reject(failure);
        if (!this.#stopping) this.#reportCrash(failure);
      });
    });
  }

  /** Says something to a program that runs. */
  tell(name, message) {
    const { child } = this.#children.get(name) ?? {};
    if (child?.connected) child.send(message);
  }

  #describeEnd({ name, log, ready, reason }, how) {
    if (reason && !ready) return new Failure(reason);
    const verb = ready ? 'stopped' : 'could not start';
    const lines = log.tail(15);
    return new Failure(`${name} ${verb} (${how}). Its log: ${log.path}`, lines);
  }

  /**
   * Ends the children: those named last only when the others are gone. Who does not go in time is killed.
   * Called again, it waits for the same end.
   */
  stop(last = []) {
    return (this.#stopping ??= this.#stop(last));
  }

  async #stop(last) {
    const deadline = performance.now() + this.#options.patience;
    const entries = [...this.#children.values()];
    const end = (some) => Promise.all(some.map((entry) => this.#end(entry, deadline)));
    await end(entries.filter(({ name }) => !last.includes(name)));
    await end(entries.filter(({ name }) => last.includes(name)));
    for (const { log } of entries) log.close();
  }

  async #end({ name, child, ended }, deadline) {
    if (!isRunning(child)) return;
    child.kill('SIGTERM');
    // Each gets a moment, even when those before it took all the time.
    const patience = Math.max(deadline - performance.now(), 2_000);
    const timer = setTimeout(() => {
      this.#options.print(`${name} does not stop and is killed`);
      kill(child);
    }, patience);
    await ended;
    clearTimeout(timer);
  }

  /** Ends everything at once. */
  kill() {
    for (const { child } of this.#children.values()) if (isRunning(child)) kill(child);
  }
}

/** What a child says just before it exits may arrive after the news of its exit. */
async function lastMessages(child) {
  if (!child.connected) return;
  await Promise.race([once(child, 'disconnect'), sleep(1_000, undefined, { ref: false })]);
}

function isRunning(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** The child leads its process group, so this reaches what it started as well. */
function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
