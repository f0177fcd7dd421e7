import type { ConnectorContext, Subject } from '@repartee/connector-sdk';
import type { SmsSettings } from './sms-settings.js';
import { openClient } from './twilio-client.js';

const NUMBER = /^\+[1-9]\d{6,14}$/;
const PAGE = 1000;

/**
 * Deletes every message from and to a person's numbers.
 * @throws Error when Twilio keeps some, as it does with messages that are still on their way
 */
export async function forget({ addresses }: Subject, ctx: ConnectorContext<SmsSettings>): Promise<void> {
  const { client } = openClient(ctx);
  let kept = 0;
  for (const number of addresses.filter((address) => NUMBER.test(address))) {
    const messages = [
      ...(await client.messages.list({ to: number, pageSize: PAGE })),
      ...(await client.messages.list({ from: number, pageSize: PAGE })),
    ];
    for (const { sid } of messages) {
      ctx.signal.throwIfAborted();
      await client
        .messages(sid)
        .remove()
        .catch(() => (kept += 1));
    }
  }
  if (kept > 0) throw new Error(`Twilio keeps ${kept} messages; ask again`);
}
