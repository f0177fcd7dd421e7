import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { emailSmtp } from './email-smtp.js';
import { simulatedSmtp } from './testing/simulated-smtp.js';

describeConnector(emailSmtp, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: {
    subject: 'Hello {{ profile.traits.firstName }}',
    html: '<p>Tea for {{ profile.traits.firstName }}</p>',
  },
  provider: simulatedSmtp,
  address: (n) => `person-${n}@example.org`,
  reports: ['bounced', 'delivered', 'complained', 'message'],
  cannot: {
    'retry-after': 'SMTP names no time to come back',
    deduplicate: 'an SMTP server takes what it is given; receivers see doubles by the Message-ID',
  },
});
