import { accessErrors } from './access.js';
import { busErrors } from './bus.js';
import { clockErrors } from './clock.js';
import { connectorErrors } from './connector.js';
import { decisioningErrors } from './decisioning.js';
import { deliveryErrors } from './delivery.js';
import { detectionErrors } from './detection.js';
import { engagementErrors } from './engagement.js';
import type { ErrorEntry } from './error-table.js';
import { experimentErrors } from './experiments.js';
import { governanceErrors } from './governance.js';
import { httpErrors } from './http.js';
import { ingestionErrors } from './ingestion.js';
import { itemErrors } from './items.js';
import { learningErrors } from './learning.js';
import { orchestrationErrors } from './orchestration.js';
import { profileErrors } from './profile.js';

export type { ErrorEntry, ErrorTable } from './error-table.js';

/** Every error code of the product. Codes are stable; titles may be reworded. */
export const ERRORS = {
  ...httpErrors,
  ...busErrors,
  ...clockErrors,
  ...governanceErrors,
  ...accessErrors,
  ...connectorErrors,
  ...ingestionErrors,
  ...profileErrors,
  ...detectionErrors,
  ...itemErrors,
  ...learningErrors,
  ...experimentErrors,
  ...decisioningErrors,
  ...deliveryErrors,
  ...engagementErrors,
  ...orchestrationErrors,
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What the table says of a code. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return ERRORS[code];
}
