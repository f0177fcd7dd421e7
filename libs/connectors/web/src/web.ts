import { defineConnector } from '@repartee/connector-sdk';
import { z } from 'zod';
import { webTreatment } from './web-treatment.js';

/** The web: pages ask for their zones within a session, and what is pushed to an open page looks the same. */
export const web = defineConnector({
  name: 'web',
  channel: 'web',
  sdk: '^1.0.0',
  stability: 'stable',
  description: 'Zones of a website, filled within a session',
  settings: z.object({}),
  capabilities: { receipts: false, reconcile: 'none' },
  treatment: webTreatment,
  present: (request) => webTreatment.render(request.content, request.data),
});
