export { BY_CHANGE, capLifting, type CapStanding, type Lifting, nextMonth } from './lifting.js';
export {
  type Obstacle,
  ObstacleFinder,
  type ObstacleRule,
  obstacleRules,
  obstacleOf,
  obstaclesOf,
  togetherOf,
} from './obstacles.js';
export {
  comparisonOf,
  describeObstacle,
  type Disclosure,
  shownFacts,
  summaryOf,
  type ShownFact,
} from './words.js';
export { zonesToAsk, type ZoneToAsk } from './zones-to-ask.js';
