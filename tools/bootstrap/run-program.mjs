// Runs another program to its end. Signals that end us end it first.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Failure } from './progress.mjs';

/**
 * @param options.quiet keep the output and show it only when the program fails
 * @param options.onText what the program prints, as it comes (quiet only)
 * @returns the exit code
 */
export function runProgram(
  command,
  args,
  { cwd, env = process.env, quiet = false, onText = () => undefined } = {},
) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, env, stdio });
    let output = '';
    for (const stream of quiet ? [child.stdout, child.stderr] : []) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        onText(text);
      });
    }
    const release = passSignals(child);
    child.once('error', (error) => {
      release();
      reject(new Failure(`${command} cannot be run: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      release();
      resolve({ code: code ?? 128 + constants.signals[signal], output });
    });
  });
}

/** The same, quiet, for a program that has to succeed. */
export async function requireProgram(what, command, args, options) {
  const { code, output } = await runProgram(command, args, { ...options, quiet: true });
  if (code !== 0) throw new Failure(`${what} failed (exit code ${code}).`, output);
  return output;
}

/**
 * A terminal sends Ctrl-C to the child as well; a plain kill reaches only us. Either way the child ends first, and then
 * we do: a program that was interrupted must not be taken for one that failed.
 */
function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      child.kill(signal);
      child.once('close', () => process.exit(128 + constants.signals[signal]));
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    };
    process.once(signal, handler);
    return [signal, handler];
  });
  return () => handlers.forEach(([signal, handler]) => process.off(signal, handler));
}
