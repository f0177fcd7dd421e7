import type { Logger } from '../telemetry/index.js';

/** Tells who started us that we serve; says so aloud when nobody did. */
export function announceReady(told: object, aloud: string): void {
  if (process.send) process.send({ type: 'ready', ...told });
  else process.stdout.write(`${JSON.stringify({ level: 'info', msg: aloud })}\n`);
}

/** One clear line, and the end. */
export function announceFailure(reason: string): void {
  const line = reason.split('\n')[0] ?? reason;
  if (process.send) process.send({ type: 'failed', reason: line }, () => process.exit(1));
  else {
    process.stderr.write(`${line}\n`);
    process.exit(1);
  }
}

/** Stops cleanly at a signal, or when the process that started us is gone. */
export function onStop(stop: () => Promise<void>, logger: Pick<Logger, 'error'>): void {
  let stopping = false;
  const begin = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', begin);
  process.on('disconnect', begin);
  // With a supervisor, Ctrl-C reaches the whole group; the supervisor says when to stop.
  process.on('SIGINT', () => {
    if (!process.send) begin();
  });
}
