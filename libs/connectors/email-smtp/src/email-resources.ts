import type { EmailSettings } from './email-settings.js';
import { MjmlCompiler } from './mjml-compiler.js';
import { SmtpTransport } from './smtp-transport.js';

/** What lives as long as the process: the compiler's thread and the pool of connections, each started when needed. */
export class EmailResources {
  readonly compiler = new MjmlCompiler();
  #transport: SmtpTransport | undefined;

  transport(settings: EmailSettings): SmtpTransport {
    return (this.#transport ??= new SmtpTransport(settings));
  }

  async close(): Promise<void> {
    this.#transport?.close();
    await this.compiler.close();
  }
}
