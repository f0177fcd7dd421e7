export {
  admitEvent,
  type Admission,
  type AdmittedEvent,
  type Envelope,
  type Rejection,
} from './admit-event.js';
export { eventTime } from './event-time.js';
export { isImported } from './imported.js';
export { inspect, type Defect } from './inspect.js';
export { LANES, laneOf } from './lane.js';
export type { LoggedEvent } from './logged-event.js';
