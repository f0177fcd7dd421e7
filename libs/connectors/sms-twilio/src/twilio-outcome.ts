import { rejected, unknown } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { meaningOf } from './error-codes.js';

/** Failures before a byte of the request was sent: no connection came about. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'PRIVATE_ADDRESS',
]);
const TELEPHONE = /\+?\d[\d ().-]{5,}\d/g;

/** What the SDK's errors carry when the provider answered. */
interface AnswerError extends Error {
  status: number;
  code?: number;
}

/**
 * What a failed send proves. Twilio says of a 4xx that no message was made; after a 5xx, a broken connection or silence
 * nobody knows.
 * @param retryAfter seconds, as the answer asked
 */
export function outcomeOfFailure(error: unknown, retryAfter: number | undefined): Outcome {
  if (!isAnswer(error)) return outcomeOfSilence(error);
  const { status, code = 0 } = error;
  const detail = `Twilio ${status} ${code || ''}: ${withoutNumbers(error.message)}`;
  if (status === 429 || code === 20429)
    return rejected('SMS.RATE_LIMITED', { retryable: true, wait: true, retryAfter: retryAfter ?? 1, detail });
  const meaning = meaningOf(code);
  if (meaning) return rejected(meaning.code, { ...meaning, detail });
  if (status === 401 || status === 403 || status === 404)
    return rejected('SMS.AUTHENTICATION_FAILED', { retryable: true, detail });
  if (status >= 400 && status < 500) return rejected('SMS.MESSAGE_REJECTED', { retryable: false, detail });
  return unknown(detail);
}

function outcomeOfSilence(error: unknown): Outcome {
  const detail = withoutNumbers(error instanceof Error ? error.message : String(error));
  const code = codeOf(error);
  return code !== undefined && NOT_SENT.has(code)
    ? rejected('SMS.CONNECTION_FAILED', { retryable: true, detail: `${detail} (${code})` })
    : unknown(detail);
}

/** `fetch` hides why it failed in the cause. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : codeOf(cause);
}

function isAnswer(error: unknown): error is AnswerError {
  return typeof (error as Partial<AnswerError> | undefined)?.status === 'number';
}

/** Twilio repeats numbers in its words; logs and ledgers are no place for them. */
function withoutNumbers(text: string): string {
  return text.replace(TELEPHONE, '[number]');
}
