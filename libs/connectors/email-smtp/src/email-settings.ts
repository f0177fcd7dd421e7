import { secret } from '@repartee/connector-sdk';
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { parseEmailAddress } from './email-address.js';
import { inboundSettings } from './inbound-settings.js';

const emailAddress = z.string().refine((text) => {
  const parsed = parseEmailAddress(text);
  return parsed.ok && !parsed.value.international;
}, 'must be an e-mail address');

const MIN_RSA_BITS = 1024;
/** More connections than this only make a server suspicious. */
const MAX_CONNECTIONS = 10;

/** Settings of the connector; each is read from `EMAIL_SMTP_…`. */
export const emailSettings = z
  .object({
    host: z
      .string()
      .min(1)
      .meta({ description: 'Host name of the SMTP server', examples: ['smtp.example.org'] }),
    port: z
      .int()
      .min(1)
      .max(65535)
      .default(587)
      .describe('Port of the SMTP server; 465 speaks TLS from the start'),
    tls: z
      .enum(['none', 'opportunistic', 'required'])
      .default('opportunistic')
      .describe(
        'opportunistic takes TLS with any certificate when offered; required refuses to send without a valid one',
      ),
    user: z.string().min(1).describe('User name, where the server wants one').optional(),
    password: secret().describe('Password of the user').optional(),
    from: emailAddress.meta({ description: 'Address of the sender', examples: ['shop@example.org'] }),
    fromName: z.string().min(1).max(200).describe('Name of the sender').optional(),
    replyTo: emailAddress.describe('Where answers go, when not to the sender').optional(),
    connections: z
      .int()
      .min(1)
      .max(MAX_CONNECTIONS)
      .default(5)
      .describe('Connections to the server at a time'),
    messagesPerConnection: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe('Mails after which a connection is replaced'),
    maxBytes: z
      .int()
      .min(1000)
      .max(50_000_000)
      .default(1_000_000)
      .describe('Largest mail, in bytes of text and HTML; Gmail cuts what is beyond 102,000'),
    domainRate: z
      .number()
      .positive()
      .max(10_000)
      .describe('Mails a second to one recipient domain; no limit unless set')
      .optional(),
    domainConcurrency: z
      .int()
      .min(1)
      .max(MAX_CONNECTIONS)
      .describe('Mails at a time to one recipient domain; no limit unless set')
      .optional(),
    timeout: z.number().min(0.1).max(300).default(20).describe('Seconds the server may stay silent'),
    dkimDomain: z.string().min(1).describe('Domain that signs (DKIM d=)').optional(),
    dkimSelector: z.string().min(1).describe('Name of the DKIM key below _domainkey').optional(),
    dkimPrivateKey: secret()
      .transform((key) => key.replaceAll('\\n', '\n'))
      .refine(isRsaKey, 'must be an RSA private key in PEM, of 1024 bits or more')
      .describe('RSA private key in PEM; line breaks may be written \\n')
      .optional(),
    ...inboundSettings,
    publicUrl: z
      .url({ protocol: /^https?$/ })
      .meta({
        variable: 'REPARTEE_PUBLIC_URL',
        description: 'Base of the links; one-click unsubscribe needs https',
      })
      .optional(),
  })
  .superRefine((settings, ctx) => {
    const together = (...names: (keyof typeof settings)[]) => {
      const missing = names.find((name) => settings[name] === undefined);
      if (missing && names.some((name) => settings[name] !== undefined))
        ctx.addIssue({ code: 'custom', path: [missing], message: `goes together with ${names.join(', ')}` });
    };
    together('user', 'password');
    together('dkimDomain', 'dkimSelector', 'dkimPrivateKey');
    together('bounceAddress', 'bounceKey');
    together('imapHost', 'imapUser', 'imapPassword');
  });
export type EmailSettings = z.infer<typeof emailSettings>;

/** What the signer cannot use would leave mails unsigned in silence, so it is refused at start. */
function isRsaKey(pem: string): boolean {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS;
  } catch {
    return false;
  }
}
