import type { ErrorTable } from './error-table.js';

/** Error codes of detection. */
export const detectionErrors = {
  'SEGMENT.NOT_FOUND': { status: 404, title: 'No segment has this key' },
  'SEGMENT.EXISTS': { status: 409, title: 'A segment has this key' },
  'SEGMENT.REFUSED': { status: 422, title: 'The rule of the segment cannot be used; nothing was changed' },
} as const satisfies ErrorTable;
