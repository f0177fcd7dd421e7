import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { callCenter } from './call-center.js';
import { simulatedTelephony } from './testing/simulated-telephony.js';

describeConnector(callCenter, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: { script: 'May I speak with {{ profile.traits.firstName }}?' },
  provider: simulatedTelephony,
  address: (n) => `+1415555${String(1000 + n)}`,
  reports: ['delivered', 'failed'],
});
