import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import type { EmailSettings } from './email-settings.js';

/** Connections at a time. */
export const CONNECTIONS = 5;
/**
 * Deliveries at a time: each connection has one under way and a few behind it, so that none waits while the next ones
 * pass the gate.
 */
export const IN_HAND = 5 * CONNECTIONS;
/** Messages per connection before it is replaced. */
const MESSAGES_PER_CONNECTION = 100;
/** How often a message may look for another connection when the one it got had been closed while idle. */
const RECONNECTS = 2;
const SMTPS = 465;

/** The settings in nodemailer's words. */
export function connectionOptions(settings: EmailSettings): SMTPPoolOptions {
  const { host, port, tls, user, password } = settings;
  const timeout = settings.timeout * 1000;
  const secure = tls === 'required' && port === SMTPS;
  return {
    host,
    port,
    secure,
    ignoreTLS: tls === 'none',
    requireTLS: tls === 'required' && !secure,
    tls: { rejectUnauthorized: tls === 'required' },
    ...(user !== undefined && { auth: { user, pass: password } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    maxConnections: CONNECTIONS,
    maxMessages: MESSAGES_PER_CONNECTION,
    maxRequeues: RECONNECTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
