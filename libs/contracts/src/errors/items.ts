import type { ErrorTable } from './error-table.js';

/** Error codes of items. */
export const itemErrors = {
  'ITEM.NOT_FOUND': { status: 404, title: 'No item has this id' },
  'ITEM.INVALID': { status: 400, title: 'Items are told wrongly; nothing was taken' },
  'ITEM.TOO_MANY': { status: 413, title: 'More items than are taken at once' },
} as const satisfies ErrorTable;
