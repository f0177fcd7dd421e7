import { join } from 'node:path';
import { describeConnector } from './describe-connector.js';
import { everyWay } from './ways.js';
import { pager, pagerSuite } from './testing/pager.js';

describeConnector(pager, {
  ...pagerSuite(join(__dirname, 'testing/pager.certificate.json')),
  ways: everyWay,
});
