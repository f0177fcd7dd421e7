/** Where the sandbox listens, on 127.0.0.1. Port 0 lets the system choose. */
export interface Settings {
  port: number;
  smtpPort: number;
}

/** Reads `SANDBOX_PORT` and `SANDBOX_SMTP_PORT`; a problem is one line that names the variable. */
export function readSettings(env: NodeJS.ProcessEnv): Settings | { problem: string } {
  const ports: number[] = [];
  for (const [name, fallback] of [
    ['SANDBOX_PORT', 4080],
    ['SANDBOX_SMTP_PORT', 2525],
  ] as const) {
    const port = Number(env[name] ?? fallback);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      return { problem: `${name} must be a port number from 0 to 65535, not "${env[name]}"` };
    ports.push(port);
  }
  const [port = 0, smtpPort = 0] = ports;
  return { port, smtpPort };
}
