import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { smsTwilio } from './sms-twilio.js';
import { simulatedTwilio } from './testing/simulated-twilio.js';

describeConnector(smsTwilio, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: { body: 'Tea for {{ profile.traits.firstName }}: {{ links.click }}' },
  provider: simulatedTwilio,
  address: (n) => `+1415555${String(1000 + n)}`,
  reports: ['sent', 'delivered', 'failed', 'bounced', 'opt-out', 'opt-in', 'message'],
  cannot: {
    deduplicate: 'Twilio sends a text as often as it is told to; what is unknown is looked up instead',
  },
});
