import type { ErrorTable } from './error-table.js';

/** Error codes of identity and profile. */
export const profileErrors = {
  'PROFILE.NOT_FOUND': { status: 404, title: 'No profile has this id or identifier' },
  'PROFILE.AMBIGUOUS': { status: 409, title: 'More than one profile has this identifier' },
  'PROFILE.INVALID_IDENTIFIER': { status: 400, title: 'The identifier is not of its namespace' },
} as const satisfies ErrorTable;
