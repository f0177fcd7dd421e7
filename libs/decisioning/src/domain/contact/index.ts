export { laterWeight, rejectionOf, SESSION_MS } from './rejections.js';
export { keptAway, NO_SUPPRESSIONS, suppressedUntil, suppressionsOf } from './suppressions.js';
