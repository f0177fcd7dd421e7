export { Changes, type ChangedAnswer, type ChangesReport, type Move } from './changes.js';
export {
  Coverage,
  type CoverageReport,
  type OfferCoverage,
  type ReachReport,
  type Worth,
} from './coverage.js';
export { answersOf, type Foreseen, type ZoneAnswer } from './foreseen.js';
export { Simulation, type SegmentReport, type SimulatedPerson, type SimulationReport } from './simulation.js';
export { type BlockedOffer, type PersonOfValue, ValueFinder } from './value-finder.js';
export {
  type LooseRule,
  type LossStage,
  lossStages,
  type ValueReport,
  type WithoutValue,
} from './value-report.js';
