import { buildHttpServer } from './http/http-server.js';
import { MailStore } from './mailbox/mail-store.js';
import type { MailLimits } from './mailbox/mail-store.js';
import { SmtpReceiver } from './smtp/smtp-receiver.js';

export interface SandboxOptions {
  port: number;
  smtpPort: number;
  /** Folder of the compiled page. */
  clientFolder: string;
  limits?: Partial<MailLimits>;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`; the pages are under `/sandbox`. */
  url: string;
  smtp: { host: string; port: number };
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the mail server, then the pages that show what it received. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const store = await MailStore.open(options.limits);
  const receiver = new SmtpReceiver(store);
  const smtpPort = await receiver.listen(options.smtpPort, HOST);
  const http = buildHttpServer(store, options.clientFolder);
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
    stop: async () => {
      await receiver.close();
      await http.close();
      await store.close();
    },
  };
}
