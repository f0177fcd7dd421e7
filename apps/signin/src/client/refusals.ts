import { ApiError, type Text } from '@repartee/ui';
import type { Word } from './text/en.js';

const WORDS: Readonly<Record<string, Word>> = {
  'ACCESS.SIGN_IN_FAILED': 'wrong',
  'ACCESS.SIGN_IN_BUSY': 'busy',
  'ACCESS.PASSWORD_WEAK': 'passwordWeak',
  'ACCESS.LINK_INVALID': 'linkVoid',
  'ACCESS.ACCOUNT_EXISTS': 'exists',
  'ACCESS.LAST_ADMIN': 'lastAdmin',
};
const MINUTE = 60;

/** A refusal of the hub in the reader's language. */
export function refusalText(text: Text<Word>, error: unknown): string {
  if (!(error instanceof ApiError)) return text('trouble');
  if (error.code === 'ACCESS.TOO_MANY_TRIES') {
    const seconds = Number(error.body['retryAfterSeconds'] ?? MINUTE);
    return seconds < 2 * MINUTE
      ? text('waitSeconds', { count: seconds })
      : text('wait', { count: Math.ceil(seconds / MINUTE) });
  }
  return text(WORDS[error.code] ?? 'trouble');
}
