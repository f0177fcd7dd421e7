import type { ErrorTable } from './error-table.js';

/** Error codes of detection. */
export const detectionErrors = {
  'REACTION.NOT_FOUND': { status: 404, title: 'No reaction has this key' },
  'REACTION.EXISTS': { status: 409, title: 'A reaction has this key' },
  'REACTION.IN_USE': { status: 409, title: 'Something in force needs the reaction' },
  'REACTION.REFUSED': { status: 422, title: 'The reaction cannot be used; nothing was changed' },
  'SEGMENT.NOT_FOUND': { status: 404, title: 'No segment has this key' },
  'SEGMENT.EXISTS': { status: 409, title: 'A segment has this key' },
  'SEGMENT.REFUSED': { status: 422, title: 'The rule of the segment cannot be used; nothing was changed' },
} as const satisfies ErrorTable;
