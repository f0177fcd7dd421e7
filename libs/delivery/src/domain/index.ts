export {
  type Delivery,
  type DeliveryStatus,
  deliveryStatuses,
  MAX_ATTEMPTS,
  queueOf,
  retryDelay,
  type Settlement,
  settle,
  type Tried,
} from './delivery.js';
export {
  addressRefuses,
  type AddressNews,
  type AddressState,
  hearOfAddress,
  SOFT_BOUNCES,
  SOFT_WINDOW,
  undeliverable,
} from './address-state.js';
export { humanProbability, type LinkSigns } from './human-probability.js';
export { arrived, hearReceipt, type Progress, progressOf, type Receipt } from './progress.js';
export { FairShare, type Waiting } from './fair-share.js';
export {
  type GateInput,
  type GateVerdict,
  passGate,
  type Pause,
  pausedBy,
  pauseScopes,
  type Quiet,
} from './gate.js';
export {
  DEFAULT_QUIET_HOURS,
  type PersonZone,
  type QuietHours,
  quietUntil,
  type ZoneOffset,
  zoneOf,
} from './quiet-hours.js';
