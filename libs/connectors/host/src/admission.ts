import { rejected } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import type { Capabilities } from '@repartee/connector-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { CircuitBreaker } from './circuit-breaker.js';
import type { HostRules } from './connector-host.options.js';
import { RateLimiter, Slots } from './throttle.js';

const DEFAULT_CONCURRENCY = 10;

/** Who may call a connector, and when. Whoever is turned away was certainly not sent. */
export class Admission {
  readonly #slots: Slots;
  readonly #rate: RateLimiter | undefined;
  readonly #circuit: CircuitBreaker;

  constructor(
    capabilities: Capabilities,
    private readonly rules: HostRules,
  ) {
    this.#slots = new Slots(capabilities.concurrency ?? DEFAULT_CONCURRENCY);
    this.#rate = capabilities.ratePerSecond
      ? new RateLimiter(capabilities.ratePerSecond, rules.monotonic)
      : undefined;
    this.#circuit = new CircuitBreaker(rules.circuit, rules.monotonic);
  }

  get circuitOpen(): boolean {
    return this.#circuit.open;
  }

  /** Runs a delivery when its turn comes, and learns from its outcome. */
  async admit(call: () => Promise<Outcome>): Promise<Outcome> {
    if (!(await this.#slots.acquire(this.rules.patience))) return turnedAway('CONNECTOR.BUSY', 1000);
    try {
      const turn = this.#rate?.reserve(this.rules.patience);
      if (turn && !turn.taken) return turnedAway('CONNECTOR.RATE_LIMITED', turn.wait);
      if (turn && turn.wait > 0) await sleep(turn.wait);
      // Asked last: while this one waited, the others may have failed.
      const closedFor = this.#circuit.enter();
      if (closedFor > 0) return turnedAway('CONNECTOR.CIRCUIT_OPEN', closedFor);
      return this.#learn(await call());
    } finally {
      this.#slots.release();
    }
  }

  #learn(outcome: Outcome): Outcome {
    if (outcome.status === 'accepted') this.#circuit.succeeded();
    else if (outcome.status === 'unknown' || outcome.retryable) this.#circuit.failed();
    // A message that is refused for its own sake says nothing of the provider's health.
    else this.#circuit.abandoned();
    return outcome;
  }
}

function turnedAway(code: string, milliseconds: number): Outcome {
  return rejected(code, { retryable: true, retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) });
}
