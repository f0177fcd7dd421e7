export {
  callDirections,
  type CallDirection,
  type CallEvent,
  callEventTypes,
  FORGOTTEN_AFTER,
  type CallEventType,
  type CallState,
  type CallStatus,
  hearOfCall,
  holdsUntil,
  NO_CALL,
  statusOf,
} from './call-state.js';
export {
  callCenterSettingsSchema,
  type CallCenterSettings,
  callingIn,
  DEFAULT_CALL_CENTER,
  type OutcomeMeaning,
  outcomeMeanings,
} from './call-center-settings.js';
export { callableFrom, type CallingHours, type CountryCalling } from './calling-hours.js';
export { isWithheld, type Verification, verifications } from './verification.js';
