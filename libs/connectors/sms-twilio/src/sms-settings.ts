import { optScopes, secret } from '@repartee/connector-sdk';
import { z } from 'zod';

/** An E.164 number, a short code, or an alphanumeric sender of up to 11 characters with a letter among them. */
const SENDER = /^(\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +&_-]{1,11})$/;
const sid = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9a-fA-F]{32}$`), `must be ${prefix} and 32 hexadecimal digits`);

/** The numbers of a list. */
export function sendersIn(list: string): string[] {
  return list.split(',').map((sender) => sender.trim());
}

/** Settings of the connector; each is read from `SMS_TWILIO_…`. */
export const smsSettings = z
  .object({
    accountSid: sid('AC').describe('Account SID'),
    authToken: secret().describe('Auth token: signs in, and proves that webhooks come from Twilio'),
    authTokenSecondary: secret()
      .describe(
        'The other auth token while the two are being exchanged; webhooks signed with either are taken',
      )
      .optional(),
    apiKeySid: sid('SK').describe('API key to sign in with, instead of the auth token').optional(),
    apiKeySecret: secret().describe('Secret of the API key').optional(),
    messagingServiceSid: sid('MG')
      .describe('Messaging Service that chooses the sender; either this or senders')
      .optional(),
    senders: z
      .string()
      .refine(
        (list) => sendersIn(list).every((sender) => SENDER.test(sender)),
        'must be numbers in E.164, short codes or alphanumeric senders, parted by commas',
      )
      .describe('Numbers to send from, parted by commas; a person always hears from the same one')
      .optional(),
    brand: z
      .string()
      .min(1)
      .max(40)
      .describe('Name that opens a marketing text which does not say it')
      .optional(),
    optOutText: z
      .string()
      .min(1)
      .max(100)
      .default('Reply STOP to opt out.')
      .describe('Closes a marketing text that does not say how to opt out'),
    optOutScope: z
      .enum(optScopes)
      .default('channel')
      .describe('How far STOP goes: the sender that was answered, the brand, or all text messages'),
    ratePerSecond: z
      .number()
      .min(0.1)
      .max(1000)
      .default(10)
      .describe('Messages a second that Twilio and the carriers allow this account'),
    timeout: z.number().min(0.1).max(60).default(20).describe('Seconds Twilio may stay silent'),
    absentAfter: z
      .number()
      .min(0.1)
      .max(1440)
      .default(30)
      .describe(
        'Minutes after which a text that Twilio’s list does not show was never made, and may be sent again',
      ),
    pricePerSegment: z.number().min(0).describe('What one segment costs, for estimates').optional(),
    priceCurrency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD')
      .describe('Currency of that price, ISO 4217'),
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .describe('Base of the API, where it is not Twilio’s own: an emulator or a proxy')
      .optional(),
    publicUrl: z
      .url({ protocol: /^https?$/ })
      .meta({
        variable: 'REPARTEE_PUBLIC_URL',
        description: 'Where Twilio reaches this installation: base of callbacks and of their signatures',
      })
      .optional(),
  })
  .superRefine((settings, ctx) => {
    const wrong = (path: keyof typeof settings, message: string) =>
      ctx.addIssue({ code: 'custom', path: [path], message });
    if ((settings.messagingServiceSid === undefined) === (settings.senders === undefined))
      wrong('senders', 'either senders or messagingServiceSid is required, not both');
    if (settings.optOutScope === 'brand' && settings.brand === undefined)
      wrong('brand', 'is what STOP goes for with this scope');
    if ((settings.apiKeySid === undefined) !== (settings.apiKeySecret === undefined))
      wrong(settings.apiKeySid === undefined ? 'apiKeySid' : 'apiKeySecret', 'key and secret go together');
  })
  .meta({
    examples: [
      {
        accountSid: `AC${'0'.repeat(32)}`,
        authToken: 'the auth token',
        senders: '+15005550006, +15005550010',
      },
    ],
  });
export type SmsSettings = z.infer<typeof smsSettings>;
