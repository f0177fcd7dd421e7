import { defineConnector } from '@repartee/connector-sdk';
import { z } from 'zod';
import { kioskTreatment } from './kiosk-treatment.js';

/** Kiosks: paired devices ask for their own zones within a visit, and what is pushed to an open visit looks the same. */
export const kiosk = defineConnector({
  name: 'kiosk',
  channel: 'kiosk',
  sdk: '^1.0.0',
  stability: 'beta',
  description: 'Zones of screens in public places, filled within a visit',
  settings: z.object({}),
  capabilities: { receipts: false, reconcile: 'none' },
  treatment: kioskTreatment,
  present: (request) => kioskTreatment.render(request.content, request.data),
});
