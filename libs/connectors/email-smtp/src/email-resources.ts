import type { EmailSettings } from './email-settings.js';
import { MjmlCompiler } from './mjml-compiler.js';
import { SmtpTransport } from './smtp-transport.js';
import { DomainThrottle } from './throttle/domain-throttle.js';

/** What lives as long as the process: the compiler's thread and the pool of connections, each started when needed, and the
 * pace of domains. */
export class EmailResources {
  readonly compiler = new MjmlCompiler();

  /** @param now monotonic milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  #transport: SmtpTransport | undefined;
  #throttle: DomainThrottle | undefined;

  transport(settings: EmailSettings): SmtpTransport {
    return (this.#transport ??= new SmtpTransport(settings));
  }

  throttle({ domainRate, domainConcurrency }: EmailSettings): DomainThrottle {
    return (this.#throttle ??= new DomainThrottle(
      { ratePerSecond: domainRate, atATime: domainConcurrency },
      this.now,
    ));
  }

  async close(): Promise<void> {
    this.#transport?.close();
    await this.compiler.close();
  }
}
