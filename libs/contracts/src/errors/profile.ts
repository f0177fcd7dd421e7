import type { ErrorTable } from './error-table.js';

/** Error codes of identity and profile. */
export const profileErrors = {
  'PROFILE.NOT_FOUND': { status: 404, title: 'No profile has this id or identifier' },
  'PROFILE.AMBIGUOUS': { status: 409, title: 'More than one profile has this identifier' },
  'PROFILE.NO_IDENTIFIER': { status: 422, title: 'The profile has no identifier to be known by' },
  'PROFILE.NOT_HELD': { status: 422, title: 'The profile does not have this identifier' },
  'PROFILE.NOTHING_LEFT': { status: 422, title: 'A split leaves each side at least one identifier' },
  'PROFILE.SAME': { status: 422, title: 'Both ids are one profile’s' },
  'MATCHING.LEARNING': { status: 409, title: 'A model is being learned already' },
  'MATCHING.NOTHING_TO_LEARN': { status: 422, title: 'There are no records to learn from' },
  'MATCHING.NO_SUCH_MODEL': { status: 404, title: 'No model has this version' },
  'REVIEW.NOT_FOUND': { status: 404, title: 'No review has this id' },
  'REVIEW.DECIDED': { status: 409, title: 'Somebody else has decided otherwise' },
  'PROFILE.SEARCH_UNAVAILABLE': { status: 503, title: 'The database cannot search names' },
  'PROFILE.HINT_NOT_FOUND': { status: 404, title: 'No such hint' },
  'PROFILE.HINT_DECIDED': { status: 409, title: 'Somebody has decided on this hint already' },
  'PROFILE.INVALID_IDENTIFIER': { status: 400, title: 'The identifier is not of its namespace' },
} as const satisfies ErrorTable;
