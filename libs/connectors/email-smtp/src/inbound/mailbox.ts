import type { ConnectorContext, Fact, PolledFacts } from '@repartee/connector-sdk';
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { z } from 'zod';
import type { EmailSettings } from '../email-settings.js';
import { factsOfMail } from './facts-of-mail.js';

const IMAPS = 993;
/** Mails that are read at a time. */
const AT_A_TIME = 50;
/** Bytes of one mail that are fetched; reports stand at the beginning. */
const MAX_BYTES = 1_000_000;

/** Where reading goes on. UIDs grow within one validity (RFC 9051 section 2.3.1.1). */
const cursorSchema = z.object({ validity: z.string(), uid: z.int().nonnegative() });

type Context = Pick<ConnectorContext<EmailSettings, unknown>, 'settings' | 'logger' | 'signal'>;

/** Reads what came into the mailbox since `cursor`, and changes nothing in it. Without a mailbox there is nothing. */
export async function pollMailbox(cursor: string | undefined, ctx: Context): Promise<PolledFacts> {
  const polled = await inMailbox(ctx, async (client, validity) => {
    const from = placeOf(cursor, validity);
    const found = (await client.search({ uid: `${from + 1}:*` }, { uid: true })) || [];
    // `n:*` names the last mail even where it is older than n.
    const uids = found.filter((uid) => uid > from).sort((a, b) => a - b);
    const now = uids.slice(0, AT_A_TIME);
    const facts = await read(client, now, ctx);
    const next = { validity, uid: now.at(-1) ?? from };
    return { cursor: JSON.stringify(next), facts, more: uids.length > now.length };
  });
  return polled ?? { cursor: cursor ?? '', facts: [] };
}

/** Opens the mailbox, where there is one. @throws when that fails */
export async function checkMailbox(ctx: Context): Promise<void> {
  await inMailbox(ctx, () => Promise.resolve());
}

/** @returns undefined where no mailbox is set up */
async function inMailbox<T>(
  { settings, signal }: Context,
  work: (client: ImapFlow, validity: string) => Promise<T>,
): Promise<T | undefined> {
  const client = clientFor(settings);
  if (!client) return undefined;
  const leave = () => client.close();
  // What it tells by event it also tells by throwing.
  client.on('error', () => undefined);
  signal.addEventListener('abort', leave);
  try {
    signal.throwIfAborted();
    await client.connect();
    const { uidValidity } = await client.mailboxOpen(settings.imapFolder, { readOnly: true });
    const done = await work(client, String(uidValidity));
    await client.logout();
    return done;
  } finally {
    signal.removeEventListener('abort', leave);
    client.close();
  }
}

async function read(client: ImapFlow, uids: number[], { settings, logger }: Context): Promise<Fact[]> {
  if (uids.length === 0) return [];
  const wanted = { uid: true, internalDate: true, source: { maxLength: MAX_BYTES } };
  const facts: Fact[] = [];
  for await (const mail of client.fetch(uids, wanted, { uid: true })) {
    const said = await factsOfMail(mail.source ?? new Uint8Array(), settings, arrivalOf(mail));
    logger.debug(`mail ${mail.uid} says ${said.length} facts`);
    facts.push(...said);
  }
  return facts;
}

function placeOf(cursor: string | undefined, validity: string): number {
  if (!cursor) return 0;
  const place = cursorSchema.parse(JSON.parse(cursor));
  return place.validity === validity ? place.uid : 0;
}

function arrivalOf({ internalDate }: FetchMessageObject): string | undefined {
  return internalDate === undefined ? undefined : new Date(internalDate).toISOString();
}

function clientFor(settings: EmailSettings): ImapFlow | undefined {
  const { imapHost, imapPort, imapTls, imapUser, imapPassword, timeout } = settings;
  if (imapHost === undefined || imapUser === undefined) return undefined;
  const secure = imapTls === 'required' && imapPort === IMAPS;
  return new ImapFlow({
    host: imapHost,
    port: imapPort,
    secure,
    doSTARTTLS: secure ? undefined : imapTls === 'required',
    auth: { user: imapUser, pass: imapPassword },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeout * 1000,
    greetingTimeout: timeout * 1000,
    socketTimeout: timeout * 1000,
  });
}
