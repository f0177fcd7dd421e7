import type { DeliveryContext } from '@repartee/connector-sdk';
import type { SmsAction } from '../deliver.js';
import { smsSettings, type SmsSettings } from '../sms-settings.js';
import { ACCOUNT, SENDERS, TOKEN } from './twilio-stand-in.js';

export const ANN = '+14155550100';
export const ATTEMPT = '01900000-0000-7000-8000-000000000001';
export const PUBLIC_URL = 'https://shop.example';
export const links = {
  click: 'https://shop.example/r/CLICK',
  unsubscribe: 'https://shop.example/u/UNSUB',
};

/** Settings as they come out of the environment. */
export function settingsFor(more: Record<string, unknown> = {}): SmsSettings {
  const whose = 'messagingServiceSid' in more ? {} : { senders: SENDERS.join(',') };
  return smsSettings.parse({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    publicUrl: PUBLIC_URL,
    ...whose,
    ...more,
  });
}

/** A context as the host would give it. */
export function contextFor(
  settings: Record<string, unknown> = {},
  signal: AbortSignal = new AbortController().signal,
): DeliveryContext<SmsSettings> {
  const silent = () => undefined;
  return {
    settings: settingsFor(settings),
    resources: undefined,
    http: () => Promise.reject(new Error('not over this')),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    clock: { now: () => Date.now() },
    signal,
    idempotencyKey: 'delivery-1',
  };
}

export function actionFor(more: Partial<SmsAction> = {}): SmsAction {
  return {
    deliveryId: '0190-delivery',
    attemptId: ATTEMPT,
    idempotencyKey: 'delivery-1',
    channel: 'sms',
    class: 'transactional',
    to: { address: ANN, name: 'Ann' },
    data: { profile: { traits: { name: 'Ann' } }, offer: { name: 'Tea' } },
    links,
    subjectId: 'profile-1',
    content: { body: '{{ offer.name }} for {{ profile.traits.name }}: {{ links.click }}' },
    ...more,
  };
}
