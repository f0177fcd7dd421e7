import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import type { EmailSettings } from './email-settings.js';

/**
 * Deliveries at a time: each of the usual five connections has one under way and a few behind it, so that none waits
 * while the next ones pass the gate.
 */
export const IN_HAND = 25;
/** How often a message may look for another connection when the one it got had been closed while idle. */
const RECONNECTS = 2;
const SMTPS = 465;

/** The settings in nodemailer's words. */
export function connectionOptions(settings: EmailSettings): SMTPPoolOptions {
  const { host, port, tls, user, password, connections, messagesPerConnection } = settings;
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
    maxConnections: connections,
    maxMessages: messagesPerConnection,
    maxRequeues: RECONNECTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
