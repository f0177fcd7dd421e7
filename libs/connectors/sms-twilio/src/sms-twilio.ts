import { defineConnector, isSignedByTwilio } from '@repartee/connector-sdk';
import { calledUrls } from './callback-urls.js';
import { deliver } from './deliver.js';
import { forget } from './forget.js';
import { receive } from './receive.js';
import { reconcile } from './reconcile.js';
import { sendersIn, smsSettings } from './sms-settings.js';
import { smsTreatment } from './sms-treatment.js';
import { openClient } from './twilio-client.js';

/** Text messages over Twilio. */
export const smsTwilio = defineConnector({
  name: 'sms-twilio',
  channel: 'sms',
  addressNamespace: 'phone',
  sdk: '^1.0.0',
  stability: 'stable',
  description: 'Text messages over Twilio, with a Messaging Service or numbers of your own',
  settings: smsSettings,
  capabilities: { receipts: true, reconcile: 'query', ratePerSecond: 10, concurrency: 20, timeLimit: 70_000 },
  treatment: smsTreatment,
  sender: ({ senders }) => onlySender(senders),
  deliver,
  reconcile,
  verify: (raw, { settings }) =>
    isSignedByTwilio(
      raw,
      calledUrls(raw, settings.publicUrl),
      [settings.authToken, settings.authTokenSecondary].filter((token) => token !== undefined),
    ),
  receive: (raw, { settings }) => receive(raw, settings),
  forget,

  async checkSettings(ctx) {
    const { client } = openClient(ctx);
    const { accountSid, messagingServiceSid } = ctx.settings;
    const { status } = await client.api.v2010.accounts(accountSid).fetch();
    if (status !== 'active') throw new Error(`the Twilio account is ${status}`);
    if (messagingServiceSid !== undefined) await client.messaging.v1.services(messagingServiceSid).fetch();
  },
});

/** Of several, the person decides which. */
function onlySender(senders: string | undefined): string | undefined {
  const [first, second] = senders === undefined ? [] : sendersIn(senders);
  return second === undefined ? first : undefined;
}
