import { CallBook } from './calls/call-book.js';
import { Cti, type CtiSettings } from './calls/cti.js';
import { HubClock } from './clock/hub-clock.js';
import { buildHttpServer } from './http/http-server.js';
import { HubLink, type HubAddress } from './hub/hub-link.js';
import { MailStore } from './mailbox/mail-store.js';
import type { MailLimits } from './mailbox/mail-store.js';
import type { TwilioSettings } from './settings.js';
import { StoryTeller } from './story/story-teller.js';
import { TwilioEmulator } from './twilio/emulator.js';
import { SmtpReceiver } from './smtp/smtp-receiver.js';

export interface SandboxOptions {
  port: number;
  smtpPort: number;
  /** Folder of the compiled page. */
  clientFolder: string;
  limits?: Partial<MailLimits>;
  twilio: TwilioSettings;
  cti?: CtiSettings;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`; the pages are under `/sandbox`. */
  url: string;
  smtp: { host: string; port: number };
  /** From now on calls, clock, kiosks and the story have a hub to talk to. */
  connect(hub: HubAddress): void;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** The emulator's Messaging Service, and the number it sends from: one that Twilio keeps for tests. */
const SERVICE = 'MG00000000000000000000000000000000';
const NUMBER = '+15005550006';
const TEXTS = 50_000;

/** Starts mail server and Twilio emulator, then the pages that show what it received. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const store = await MailStore.open(options.limits);
  const receiver = new SmtpReceiver(store, Math.random);
  const smtpPort = await receiver.listen(options.smtpPort, HOST);
  const emulator = new TwilioEmulator({
    messagingServiceSid: SERVICE,
    number: NUMBER,
    capacity: TEXTS,
    random: Math.random,
    now: Date.now,
    ...options.twilio,
  });
  const hub = new HubLink();
  const clock = new HubClock(hub);
  const calls = new CallBook(new Cti(options.cti ?? {}, () => clock.now()), Date.now);
  const story = new StoryTeller({ hub, clock, calls, texts: emulator.book }, Date.now);
  const parts = { store, emulator, calls, clock, hub, mailFaults: receiver.faults, story };
  const http = buildHttpServer(parts, options.clientFolder);
  try {
    await http.listen({ port: options.port, host: HOST });
  } catch (error) {
    await receiver.close();
    await store.close();
    throw error;
  }
  const address = http.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://${HOST}:${port}`,
    smtp: { host: HOST, port: smtpPort },
    connect: (address) => hub.connect(address),
    stop: async () => {
      emulator.stop();
      await receiver.close();
      await http.close();
      await store.close();
    },
  };
}
