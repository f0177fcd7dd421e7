import type { ErrorTable } from './error-table.js';

/** Error codes of access. */
export const accessErrors = {
  'ACCESS.UNAUTHENTICATED': { status: 401, title: 'No valid credentials' },
  'ACCESS.USER_TOKEN_INVALID': { status: 401, title: 'The user token is not valid' },
  'ACCESS.FORBIDDEN': { status: 403, title: 'Not allowed' },
  'ACCESS.ORIGIN_NOT_ALLOWED': { status: 403, title: 'Origin not allowed' },
  'ACCESS.KEY_NOT_FOUND': { status: 404, title: 'No such key' },
  'ACCESS.KEY_REVOKED': { status: 409, title: 'The key is revoked' },
  'ACCESS.FIRST_KEY_INVALID': { status: 422, title: 'A configured key cannot be used' },
} as const satisfies ErrorTable;
