export { laterWeight, type Rejection, rejectionOf, rejectionsOf, SESSION_MS } from './rejections.js';
export {
  allKeptAway,
  keptAway,
  keptFromChannel,
  NO_SUPPRESSIONS,
  suppressedUntil,
  suppressionsOf,
} from './suppressions.js';
