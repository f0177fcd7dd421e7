import { secret } from '@repartee/connector-sdk';
import { z } from 'zod';
import { parseEmailAddress } from './email-address.js';
import { MAX_BOUNCE_USER } from './return-path.js';

/** Below this a key can be tried out. */
const MIN_SECRET = 16;

const bounceAddress = z.string().refine((text) => {
  const parsed = parseEmailAddress(text.startsWith('@') ? `x${text}` : text);
  return parsed.ok && !parsed.value.international && text.indexOf('@') <= MAX_BOUNCE_USER;
}, `must be an e-mail address with at most ${MAX_BOUNCE_USER} characters before the @, or @ and a domain`);

/** Settings of what comes back: bounces, complaints, answers. */
export const inboundSettings = {
  bounceAddress: bounceAddress
    .meta({
      description:
        'Where bounces go: an address whose server knows plus addressing, or @ and a domain of which every address is taken',
      examples: ['bounces@example.org'],
    })
    .optional(),
  bounceKey: secret()
    .min(MIN_SECRET)
    .describe('Signs the return paths of attempts; whoever has it can make bounces up')
    .optional(),
  inboundSecret: secret()
    .min(MIN_SECRET)
    .describe('Signs mails that a mail server posts to the webhook')
    .optional(),
  inboundAuthserv: z
    .string()
    .regex(/^[a-z0-9._-]+$/i)
    .describe(
      'Name under which your own mail server writes Authentication-Results: mail whose sender it does not confirm is no word of theirs',
    )
    .optional(),
  imapHost: z
    .string()
    .min(1)
    .describe('IMAP server of the mailbox that bounces and answers go to')
    .optional(),
  imapPort: z
    .int()
    .min(1)
    .max(65535)
    .default(993)
    .describe('Port of the IMAP server; 993 speaks TLS from the start'),
  imapTls: z
    .enum(['none', 'required'])
    .default('required')
    .describe('required reads nothing without a valid certificate'),
  imapUser: z.string().min(1).describe('User of the mailbox').optional(),
  imapPassword: secret().describe('Password of the mailbox').optional(),
  imapFolder: z.string().min(1).default('INBOX').describe('Folder that is read; nothing in it is changed'),
};
