export function installIdempotency(..._args: unknown[]): void {}
