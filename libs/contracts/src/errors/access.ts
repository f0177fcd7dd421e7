import type { ErrorTable } from './error-table.js';

/** Error codes of access. */
export const accessErrors = {
  'ACCESS.UNAUTHENTICATED': { status: 401, title: 'No valid credentials' },
  'ACCESS.USER_TOKEN_INVALID': { status: 401, title: 'The user token is not valid' },
  'ACCESS.FORBIDDEN': { status: 403, title: 'Not allowed' },
  'ACCESS.ORIGIN_NOT_ALLOWED': { status: 403, title: 'Origin not allowed' },
  'ACCESS.SIGN_IN_FAILED': { status: 401, title: 'The sign-in failed' },
  'ACCESS.TOO_MANY_TRIES': { status: 429, title: 'Too many tries' },
  'ACCESS.SIGN_IN_BUSY': { status: 429, title: 'Too many sign-ins at once' },
  'ACCESS.CSRF': { status: 403, title: 'The request does not come from our own page' },
  'ACCESS.PASSWORD_WEAK': { status: 422, title: 'The password is too easy to guess' },
  'ACCESS.LINK_INVALID': { status: 404, title: 'The link is used, too old or not ours' },
  'ACCESS.ACCOUNT_NOT_FOUND': { status: 404, title: 'No such account' },
  'ACCESS.ACCOUNT_EXISTS': { status: 409, title: 'The address has an account' },
  'ACCESS.LAST_ADMIN': { status: 409, title: 'The last administrator' },
  'ACCESS.SESSION_NOT_FOUND': { status: 404, title: 'No such session' },
  'ACCESS.PROVIDER_NOT_FOUND': { status: 404, title: 'No such sign-in provider' },
  'ACCESS.PROVIDER_UNAVAILABLE': { status: 424, title: 'The sign-in provider does not answer' },
  'ACCESS.KEY_NOT_FOUND': { status: 404, title: 'No such key' },
  'ACCESS.KEY_REVOKED': { status: 409, title: 'The key is revoked' },
  'ACCESS.FIRST_KEY_INVALID': { status: 422, title: 'A configured key cannot be used' },
} as const satisfies ErrorTable;
