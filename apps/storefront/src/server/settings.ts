/** What the shop's server needs to know. */
export interface Settings {
  /** Port on 127.0.0.1; 0 lets the system choose. */
  port: number;
  /** Where the shop's server reaches the hub. */
  hubUrl: string;
  /** Public key, handed to the browser. */
  writeKey: string;
  /** Key of the shop's own server. */
  serverKey: string;
  /** Secret of the source: proves to the hub who is signed in. */
  signingSecret: string;
}

/** Reads the environment; a problem is one line that names the variable. */
export function readSettings(env: NodeJS.ProcessEnv): Settings | { problem: string } {
  const port = Number(env['STOREFRONT_PORT'] ?? 4081);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return {
      problem: `STOREFRONT_PORT must be a port number from 0 to 65535, not "${env['STOREFRONT_PORT']}"`,
    };
  const hubUrl = env['REPARTEE_URL'] ?? 'http://localhost:4000';
  if (!/^https?:\/\/./.test(hubUrl) || !URL.canParse(hubUrl))
    return { problem: `REPARTEE_URL must be an http(s) address, not "${hubUrl}"` };
  const missing = ['REPARTEE_WRITE_KEY', 'REPARTEE_SERVER_KEY', 'REPARTEE_SIGNING_SECRET'].find(
    (name) => !env[name],
  );
  if (missing) return { problem: `${missing} is missing` };
  return {
    port,
    hubUrl,
    writeKey: env['REPARTEE_WRITE_KEY'] ?? '',
    serverKey: env['REPARTEE_SERVER_KEY'] ?? '',
    signingSecret: env['REPARTEE_SIGNING_SECRET'] ?? '',
  };
}
