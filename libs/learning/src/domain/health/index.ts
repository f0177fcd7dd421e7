export {
  areaUnderCurve,
  calibrationError,
  calibrationOf,
  maturityOf,
  type CalibrationBin,
  type Maturity,
  type Prediction,
} from './measures.js';
export { type ModelFigures, modelWords, predictorWords } from './words.js';
export {
  LEAST_BIN,
  predictorsOf,
  type Evidence as PredictorEvidence,
  type PredictorBin,
  type PredictorHealth,
} from './predictors.js';
