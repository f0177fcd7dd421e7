import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { kiosk } from './kiosk.js';

describeConnector(kiosk, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: { headline: 'Hello {{ profile.traits.firstName }}' },
});
