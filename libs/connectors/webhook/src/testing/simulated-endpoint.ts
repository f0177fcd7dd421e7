import { simulatedHttp, type SimulatedProvider } from '@repartee/connector-test-kit';
import { Webhook } from 'standardwebhooks';

export const KEY = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** An endpoint that takes only what the library of Standard Webhooks verifies, and knows what it took before. */
export function simulatedEndpoint(): Promise<SimulatedProvider> {
  return simulatedHttp({
    settings: (url) => ({ url: `${url}/hooks`, signingKey: KEY }),
    message: ({ headers, body }) => {
      const { to } = new Webhook(KEY).verify(body, headers) as { to: string };
      return { to, key: headers['webhook-id'] };
    },
  });
}
