export {
  ALL_SCOPES,
  authorize,
  mayGrant,
  ownScopes,
  SCOPE_PATTERN,
  scopeOfRoute,
  speaksForAll,
  type AccessRule,
} from './access-rule.js';
export { parseAuthorization, type Credential } from './authorization.js';
export {
  allowsOrigin,
  isOwnOrigin,
  normalizeAllowedOrigin,
  originRules,
  type OriginRules,
} from './origins.js';
export * from './people/index.js';
export {
  KEY_KINDS,
  type CallerKind,
  type KeyKind,
  type Principal,
  type SignedInPerson,
} from './principal.js';
export {
  flawOfChosenKey,
  formatKey,
  formatSigningSecret,
  KEY_PREFIX,
  SECRET_BYTES,
  SESSION_PREFIX,
  SIGNING_SECRET_PREFIX,
} from './secrets.js';
export { readSession, SESSION_LIFETIME_MS, writeSession, type Session } from './session.js';
export { MAX_PAYLOAD, openToken, sealToken, type Mac, type TokenKey } from './signed-token.js';
export { CLOCK_SKEW, USER_TOKEN_MAX_LIFETIME, userIdOf, userTokenRefused } from './user-claims.js';
