export {
  type Delivery,
  type DeliveryStatus,
  deliveryStatuses,
  MAX_ATTEMPTS,
  retryDelay,
  type Settlement,
  settle,
} from './delivery.js';
export { type GateInput, type GateVerdict, passGate, type Pause } from './gate.js';
