import { rejected, unknown } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';

/** What nodemailer's errors carry. */
interface SmtpError extends Error {
  code?: string;
  /** The server's reply, where there was one. */
  responseCode?: number;
  response?: string;
  /** The command the reply was to. */
  command?: string;
}

/** Seconds after which a server that refused us altogether may be asked again. */
const SERVER_RETRY_AFTER = 60;

/** What a failed send means. A reply of the server is proof; so is a failure before any content left. */
export function outcomeOf(thrown: unknown, contentLeft: boolean): Outcome {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as SmtpError;
  const detail = error.response ?? error.message;
  const { responseCode } = error;
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 600)
    return refusedBy(error.command, responseCode, detail);
  // The transport itself refused the recipient or the sender, before it said a word to the server.
  if (error.code === 'EENVELOPE' && !contentLeft)
    return rejected('EMAIL.ADDRESS_INVALID', { retryable: false, detail });
  if (contentLeft) return unknown(detail);
  return rejected('EMAIL.CONNECTION_FAILED', { retryable: true, detail });
}

function refusedBy(command: string | undefined, responseCode: number, detail: string): Outcome {
  const retryable = responseCode < 500;
  if (command === 'RCPT TO')
    return rejected(retryable ? 'EMAIL.RECIPIENT_DEFERRED' : 'EMAIL.RECIPIENT_REJECTED', {
      retryable,
      detail,
      about: 'recipient',
    });
  if (command === 'MAIL FROM') return rejected('EMAIL.SENDER_REJECTED', { retryable, detail });
  if (command === 'DATA') return rejected('EMAIL.MESSAGE_REJECTED', { retryable, detail });
  // Greeting, log-in or TLS: the server refuses us, not the message, which may go once the operator has seen to it.
  const code = command?.startsWith('AUTH') ? 'EMAIL.AUTHENTICATION_FAILED' : 'EMAIL.SERVER_REFUSED';
  return rejected(code, { retryable: true, retryAfter: SERVER_RETRY_AFTER, detail });
}
