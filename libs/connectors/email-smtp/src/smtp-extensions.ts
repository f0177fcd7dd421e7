import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { connectionOptions } from './connection-options.js';
import type { EmailSettings } from './email-settings.js';

const silent = () => undefined;

/**
 * Asks a server which extensions it offers (RFC 5321 section 4.1.1.1): connects, greets, hangs up. What counts is the
 * last answer to EHLO, which after STARTTLS replaces the first.
 */
export function askExtensions(settings: EmailSettings): Promise<Set<string>> {
  let offered = new Set<string>();
  const hear = ({ tnx }: { tnx?: string }, reply: unknown) => {
    if (tnx === 'server' && /^250[- ]/.test(String(reply))) offered = extensionsIn(String(reply));
  };
  const logger = {
    trace: silent,
    debug: hear,
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
    level: silent,
  };
  const connection = new SMTPConnection({ ...connectionOptions(settings), logger, transactionLog: true });
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      connection.quit();
      resolve(offered);
    });
  });
}

function extensionsIn(reply: string): Set<string> {
  const [, ...lines] = reply.split(/\r?\n/);
  return new Set(lines.map((line) => line.slice(4).split(' ')[0]?.toUpperCase() ?? ''));
}
