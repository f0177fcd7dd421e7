import type { CtiSettings } from './calls/cti.js';

/** Where the sandbox listens, on 127.0.0.1, and how its Twilio is signed in to, and where its telephone system reports. Port 0 lets the system choose. */
export interface Settings {
  port: number;
  smtpPort: number;
  twilio: TwilioSettings;
  cti: CtiSettings;
}

export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  /** Where answers of people are carried to. */
  inboundUrl?: string;
  /** Milliseconds from one status of a text to the next. */
  pace: number;
}

/** What the emulator is signed in to with unless told; they open nothing but this sandbox. */
const DEFAULT_ACCOUNT = 'AC00000000000000000000000000000000';
const DEFAULT_TOKEN = 'sandbox';
const DEFAULT_PACE = 400;

/** Reads `SANDBOX_…`; a problem is one line that names the variable. */
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
  const accountSid = env['SANDBOX_TWILIO_ACCOUNT_SID'] ?? DEFAULT_ACCOUNT;
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid))
    return { problem: 'SANDBOX_TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits' };
  const inboundUrl = env['SANDBOX_TWILIO_INBOUND_URL'];
  if (inboundUrl !== undefined && !URL.canParse(inboundUrl))
    return { problem: 'SANDBOX_TWILIO_INBOUND_URL must be a URL' };
  const pace = Number(env['SANDBOX_TWILIO_PACE'] ?? DEFAULT_PACE);
  if (!(pace >= 0 && pace <= 60_000))
    return { problem: 'SANDBOX_TWILIO_PACE must be milliseconds, 0 to 60000' };
  const cti = { url: env['SANDBOX_CALLS_URL'], key: env['SANDBOX_CALLS_SIGNING_KEY'] };
  if (cti.url !== undefined && !URL.canParse(cti.url)) return { problem: 'SANDBOX_CALLS_URL must be a URL' };
  return {
    port,
    smtpPort,
    cti,
    twilio: {
      accountSid,
      authToken: env['SANDBOX_TWILIO_AUTH_TOKEN'] ?? DEFAULT_TOKEN,
      pace,
      ...(inboundUrl !== undefined && { inboundUrl }),
    },
  };
}
