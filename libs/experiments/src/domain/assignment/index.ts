export { assign, outsideReasons, type Assignment, type OutsideReason } from './assign.js';
export { ExperimentBook } from './experiment-book.js';
export { flagReasons, flagValue, type FlagReason, type FlagValue } from './flag.js';
export { hashedId, participantOf, personUnit, strangerOf, type Participant } from './participant.js';
export { Trials, trialsFor, type Exposure, type Given, type OfferTrial } from './trials.js';
