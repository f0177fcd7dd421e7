export { laterWeight, type Rejection, rejectionOf, rejectionsOf, SESSION_MS } from './rejections.js';
export { allKeptAway, keptAway, NO_SUPPRESSIONS, suppressedUntil, suppressionsOf } from './suppressions.js';
