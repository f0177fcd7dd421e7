export { createGuardedHttp, type GuardedFetch, type GuardedHttp } from './guarded-http.js';
export { isPrivateAddress } from './private-address.js';
