import { describeConnector, everyWay, simulatedHttp } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import webpush from 'web-push';
import { FakeBrowser } from './testing/index.js';
import { webPush } from './web-push.js';

const keys = webpush.generateVAPIDKeys();
const browser = new FakeBrowser('');

/** Every check has a push service of its own; addresses lead to the one that was started last. */
const here = { origin: '' };
const addressOf = (path: string) =>
  JSON.stringify({ ...browser.subscription, endpoint: `${here.origin}${path}` });

describeConnector(webPush, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: { title: 'Hello {{ profile.traits.firstName }}' },
  provider: () =>
    simulatedHttp({
      settings: (url) => {
        here.origin = url;
        return { ...keys, subject: 'mailto:shop@example.org' };
      },
      message: ({ path, headers }) => ({ to: addressOf(path), key: headers['topic'] ?? '' }),
      accepted: (_message, index) => ({ status: 201, headers: { location: `${here.origin}/m/${index}` } }),
    }),
  address: (n) => addressOf(`/push/${n}`),
});
