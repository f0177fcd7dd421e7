import { z } from 'zod';
import {
  accepted,
  defineConnector,
  describeSettings,
  rejected,
  secret,
  settingVariable,
  unknown,
} from './index.js';

const base = {
  name: 'sms-test',
  channel: 'sms',
  sdk: '^1.0.0',
  stability: 'stable',
  settings: z.object({}),
  capabilities: { receipts: false, reconcile: 'none' },
} as const;

describe('defineConnector', () => {
  it('types settings, content and resources from the literal', async () => {
    const connector = defineConnector({
      ...base,
      settings: z.object({ accountSid: z.string(), authToken: secret(), retries: z.int().default(2) }),
      open: () => ({ sent: [] as string[] }),
      async deliver(action, ctx) {
        const retries: number = ctx.settings.retries;
        ctx.resources.sent.push(`${action.to.address} ${retries} ${ctx.idempotencyKey}`);
        return accepted('id-1');
      },
    });
    expect(connector.open?.()).toEqual({ sent: [] });
    expect(Object.isFrozen(connector)).toBe(true);
  });

  it.each([
    ['a name that is not kebab-case', { name: 'SMS Test' }, 'not kebab-case'],
    ['no channel', { channel: '' }, 'names no channel'],
    [
      'query without reconcile',
      { capabilities: { receipts: true, reconcile: 'query' as const } },
      'reconcile',
    ],
    [
      'receive without verify',
      { receive: () => ({ reply: { status: 200 }, facts: [] }) },
      'verify and receive',
    ],
    ['onEvent without anything to hear', { onEvent: async () => accepted() }, 'subscribes'],
    ['a subscription without onEvent', { subscribes: ['Viewed'], purposes: ['analytics'] }, 'onEvent'],
    [
      'what people do without a purpose',
      { onEvent: async () => accepted(), subscribes: ['delivery.*', 'Viewed'] },
      'for which purposes',
    ],
    [
      'a group of facts that there is not',
      { onEvent: async () => accepted(), subscribes: ['weather.*'] },
      'never told',
    ],
  ])('refuses %s', (_, more, message) => {
    expect(() => defineConnector({ ...base, ...more })).toThrow(message);
  });
});

describe('settings', () => {
  it('derives variables, types and secrecy from the schema', () => {
    const settings = z.object({
      host: z.string().describe('Where the server is'),
      port: z.int().default(25),
      tls: z.enum(['none', 'required']).default('none'),
      verbose: z.boolean().optional(),
      dkimPrivateKey: secret().optional(),
      publicUrl: z.url().meta({ variable: 'REPARTEE_PUBLIC_URL' }).optional(),
    });
    expect(describeSettings({ name: 'email-smtp', settings })).toEqual([
      expect.objectContaining({
        variable: 'EMAIL_SMTP_HOST',
        required: true,
        secret: false,
        description: 'Where the server is',
      }),
      expect.objectContaining({ variable: 'EMAIL_SMTP_PORT', type: 'number', required: false, default: 25 }),
      expect.objectContaining({ variable: 'EMAIL_SMTP_TLS', options: ['none', 'required'], default: 'none' }),
      expect.objectContaining({ variable: 'EMAIL_SMTP_VERBOSE', type: 'boolean', required: false }),
      expect.objectContaining({ variable: 'EMAIL_SMTP_DKIM_PRIVATE_KEY', required: false, secret: true }),
      expect.objectContaining({ variable: 'REPARTEE_PUBLIC_URL', required: false }),
    ]);
  });

  it('names variables in upper snake case', () => {
    expect(settingVariable('sms-twilio', 'accountSid')).toBe('SMS_TWILIO_ACCOUNT_SID');
  });
});

describe('outcomes', () => {
  it('leave out what is not known', () => {
    expect(accepted()).toEqual({ status: 'accepted' });
    expect(accepted('x')).toEqual({ status: 'accepted', providerId: 'x' });
    expect(rejected('SMS.NO', { retryable: true, retryAfter: 3 })).toEqual({
      status: 'rejected',
      code: 'SMS.NO',
      retryable: true,
      retryAfter: 3,
    });
    expect(unknown('timeout')).toEqual({ status: 'unknown', detail: 'timeout' });
  });
});
