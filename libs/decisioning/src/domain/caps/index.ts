export { claimsOf, holdOf, isCapped, personOf, type CapClaim, type CapSituation } from './claims.js';
export * from './settle-caps.js';
