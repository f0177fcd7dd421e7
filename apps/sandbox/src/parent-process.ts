/** Sends a message to the process that started this one, if one did. */
export function tellParent(message: Record<string, unknown>): void {
  process.send?.(message);
}

/** Hears what the process that started this one says under a name. */
export function hearParent<T extends object>(type: string, hear: (message: T) => void): void {
  process.on('message', (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === type)
      hear(message as T);
  });
}

/**
 * Stops with the parent. A Ctrl-C in a terminal reaches parent and child at once; a child then waits for its
 * parent's word, so that the parent can still use it while it finishes its own work.
 */
export function followParent(stop: () => Promise<void>): void {
  let stopping = false;
  const leave = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', process.send ? () => undefined : leave);
  process.on('disconnect', leave);
}
