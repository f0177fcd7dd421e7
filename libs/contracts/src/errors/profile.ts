import type { ErrorTable } from './error-table.js';

/** Error codes of identity and profile. */
export const profileErrors = {
  'PROFILE.NOT_FOUND': { status: 404, title: 'No profile has this id or identifier' },
  'PROFILE.AMBIGUOUS': { status: 409, title: 'More than one profile has this identifier' },
  'PROFILE.NO_IDENTIFIER': { status: 422, title: 'The profile has no identifier to be known by' },
  'PROFILE.SEARCH_UNAVAILABLE': { status: 503, title: 'The database cannot search names' },
  'PROFILE.HINT_NOT_FOUND': { status: 404, title: 'No such hint' },
  'PROFILE.HINT_DECIDED': { status: 409, title: 'Somebody has decided on this hint already' },
  'PROFILE.INVALID_IDENTIFIER': { status: 400, title: 'The identifier is not of its namespace' },
} as const satisfies ErrorTable;
