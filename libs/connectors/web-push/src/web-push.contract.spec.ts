import { describeConnector, everyWay, type HttpCall, simulatedHttp } from '@repartee/connector-test-kit';
import { join } from 'node:path';
import webpush from 'web-push';
import { FakeBrowser } from './testing/index.js';
import { webPush } from './web-push.js';

const keys = webpush.generateVAPIDKeys();
const browser = new FakeBrowser('');

/** Addresses lead to the push service that they are of. */
const addressAt = (origin: string, path: string) =>
  JSON.stringify({ ...browser.subscription, endpoint: `${origin}${path}` });
const originOf = ({ headers }: HttpCall) => `http://${headers['host']}`;

describeConnector(webPush, {
  certificate: join(__dirname, '../certificate.json'),
  ways: everyWay,
  content: { title: 'Hello {{ profile.traits.firstName }}' },
  provider: () =>
    simulatedHttp({
      settings: () => ({ ...keys, subject: 'mailto:shop@example.org' }),
      message: (call) => ({ to: addressAt(originOf(call), call.path), key: call.headers['topic'] ?? '' }),
      accepted: (_message, index) => ({ status: 201, headers: { location: `/m/${index}` } }),
    }),
  address: (n, { url }) => addressAt(url ?? '', `/push/${n}`),
});
