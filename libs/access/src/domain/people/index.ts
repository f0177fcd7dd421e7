export { MAX_EMAIL, normalizeEmail } from './email.js';
export { subscriberOf } from './network-address.js';
export { flawOfPassword, MAX_PASSWORD, MIN_PASSWORD, normalizePassword } from './password-rules.js';
export {
  ABSOLUTE_LIFETIME_MS,
  endOfSession,
  IDLE_LIFETIME_MS,
  isOver,
  SEEN_EVERY_MS,
  type SessionTimes,
} from './person-session.js';
export { readClaims, type ProviderClaims } from './provider-claims.js';
export { safeReturnPath } from './return-path.js';
export { grantsOf, homeOf, ROLE_GRANTS, ROLES, type Grants, type Role } from './roles.js';
export { chargeTry, THROTTLES, type ThrottleRule, type Tries } from './sign-in-throttle.js';
