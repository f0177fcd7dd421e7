import { describeConnector, everyWay } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import { simulatedEndpoint } from './testing/simulated-endpoint.js';
import { webhook } from './webhook.js';

describeConnector(webhook, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: {
    type: 'cart.abandoned',
    data: { name: '{{ profile.traits.firstName }}', items: [{ count: 2 }] },
  },
  provider: simulatedEndpoint,
  address: (n) => `user-${n}`,
});
