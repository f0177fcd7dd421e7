import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { web } from './web.js';

describeConnector(web, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: { headline: 'Hello {{ profile.traits.firstName }}' },
});
