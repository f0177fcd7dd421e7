export { presentedAgain, REUSE_GRACE_MS } from './credential.js';
export { CODE_BYTES, formatCode, readCode } from './pairing-code.js';
