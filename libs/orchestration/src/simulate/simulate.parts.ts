import { DraftCatalogue } from './draft-catalogue.js';
import { EvaluateController } from './evaluate.controller.js';
import { Evaluate } from './evaluate.js';
import { LoggedCases } from './logged-cases.js';
import { PeopleCases } from './people-cases.js';
import { SimulateController } from './simulate.controller.js';
import { Simulate } from './simulate.js';
import { Studies } from './studies.js';

/** What would be decided, and what would have come of it. */
export const simulateControllers = [EvaluateController, SimulateController];

export const simulateProviders = [DraftCatalogue, Evaluate, LoggedCases, PeopleCases, Simulate, Studies];
