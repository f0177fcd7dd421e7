import type { Check } from '../check.js';
import { contentChecks } from './content.js';
import { deliveryChecks } from './delivery.js';
import { eventChecks } from './events.js';
import { lifeChecks } from './life.js';
import { reconcileChecks } from './reconcile.js';
import { webhookChecks } from './webhooks.js';

/** The whole contract, in the order of the certificate. */
export const checks: readonly Check[] = [
  ...lifeChecks,
  ...contentChecks,
  ...deliveryChecks,
  ...reconcileChecks,
  ...webhookChecks,
  ...eventChecks,
];
