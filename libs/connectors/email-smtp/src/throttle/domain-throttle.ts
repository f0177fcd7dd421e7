import { rejected } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { DomainPace, type DomainAnswer, type PaceRules } from './domain-pace.js';

/** Domains that are remembered; idle ones are forgotten first. */
const MAX_DOMAINS = 10_000;

/**
 * What servers say when it is the sending that they mind, not the mailbox: 421 closes the line (RFC 5321 section 3.8),
 * X.7.x is policy, X.3.2, X.4.5 and X.3.x are a system that is busy (RFC 3463).
 */
const OVERLOADED = /^421\b|\b4\.7\.\d+|\b4\.3\.[12]\b|\b4\.4\.5\b|rate limit|too many|throttl/i;
/** X.2.x speaks of one mailbox: full, disabled, busy. */
const ONE_MAILBOX = /\b4\.2\.\d+\b/;

/**
 * Paces mail to each recipient domain, so that one that answers “not now” costs neither itself more annoyance nor the
 * others their turn: what may not go is put off at once, and holds no connection.
 */
export class DomainThrottle {
  readonly #paces = new Map<string, DomainPace>();

  constructor(
    private readonly rules: PaceRules,
    private readonly now: () => number,
  ) {}

  /**
   * Sends when the domain's turn has come.
   * @param key the mail's, the same at every try
   */
  async run(domain: string, key: string, send: () => Promise<Outcome>): Promise<Outcome> {
    const pace = this.#paceOf(domain);
    const wait = pace.enter(key, this.now());
    if (wait > 0)
      return rejected('EMAIL.DOMAIN_PACED', {
        retryable: true,
        wait: true,
        retryAfter: Math.ceil(wait / 1000),
        about: 'recipient',
        detail: `mail to ${domain} goes slower`,
      });
    let answer: DomainAnswer = 'went';
    try {
      const outcome = await send();
      answer = answerIn(outcome);
      return outcome;
    } finally {
      pace.leave(answer, this.now());
    }
  }

  #paceOf(domain: string): DomainPace {
    const held = this.#paces.get(domain) ?? new DomainPace(this.rules);
    // The latest used stands last.
    this.#paces.delete(domain);
    this.#paces.set(domain, held);
    if (this.#paces.size > MAX_DOMAINS) this.#forget();
    return held;
  }

  #forget(): void {
    const now = this.now();
    for (const [domain, pace] of this.#paces) if (pace.idle(now)) this.#paces.delete(domain);
  }
}

/** What an outcome says of the domain. Only what was said to recipient or content does. */
function answerIn(outcome: Outcome): DomainAnswer {
  if (outcome.status !== 'rejected' || !outcome.retryable || outcome.about !== 'recipient') return 'went';
  const { detail = '' } = outcome;
  if (OVERLOADED.test(detail)) return 'overloaded';
  return ONE_MAILBOX.test(detail) ? 'went' : 'deferred';
}
