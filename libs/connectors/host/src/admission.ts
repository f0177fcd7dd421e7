import { rejected } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import type { Capabilities } from '@repartee/connector-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { CircuitBreaker } from './circuit-breaker.js';
import type { HostRules } from './connector-host.options.js';
import { Places } from '@repartee/platform';
import { RateLimiter } from './rate-limiter.js';

export const DEFAULT_CONCURRENCY = 10;
/** Milliseconds after which it is worth asking again where a call that ends is what is waited for. */
const UNTIL_FREED = 1000;

/** Who may call a connector, and when. Whoever is turned away was certainly not sent. */
export class Admission {
  readonly #slots: Places;
  /** Calls a second that the provider allows, and among how many processes that is divided. */
  #allowed: number | undefined;
  #sharers = 1;
  #rate: RateLimiter | undefined;
  #circuit: CircuitBreaker;
  readonly #listeners: (() => void)[] = [];
  #wait = 0;

  constructor(
    capabilities: Capabilities,
    private readonly rules: HostRules,
  ) {
    this.#slots = new Places(capabilities.concurrency ?? DEFAULT_CONCURRENCY);
    this.#allowed = capabilities.ratePerSecond;
    this.#rate = this.#limiter();
    this.#circuit = this.#breaker();
  }

  /** With other settings the pace may be another, and what failed may work. */
  renew(ratePerSecond: number | undefined): void {
    this.#allowed = ratePerSecond;
    this.#rate = this.#limiter();
    this.#circuit = this.#breaker();
    for (const listener of this.#listeners) listener();
  }

  /** Whether there is a rate to keep. */
  get paced(): boolean {
    return this.#rate !== undefined;
  }

  /** So many processes call the provider, this one among them: each keeps its part of the rate. */
  share(sharers: number): void {
    if (sharers === this.#sharers) return;
    this.#sharers = sharers;
    this.#rate = this.#limiter();
  }

  #limiter(): RateLimiter | undefined {
    if (!this.#allowed) return undefined;
    return new RateLimiter(this.#allowed / this.#sharers, this.rules.monotonic);
  }

  #breaker(): CircuitBreaker {
    return new CircuitBreaker(this.rules.circuit, this.rules.monotonic);
  }

  get circuitOpen(): boolean {
    return this.#circuit.open;
  }

  /** It keeps failing and is not tried again yet. */
  get refusing(): boolean {
    return this.#circuit.refusing;
  }

  /** Milliseconds after which {@link take} may give something, where it gave nothing. */
  get wait(): number {
    return this.#wait;
  }

  /** Calls there is a place for now, whatever rate and circuit say. */
  get free(): number {
    return this.#slots.free;
  }

  onFree(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Takes up to so many turns, now; each must be used by {@link run} or given back. */
  take(most: number): number {
    const free = Math.min(most, this.#slots.free);
    this.#wait = UNTIL_FREED;
    if (free <= 0) return 0;
    const closedFor = this.#circuit.enter();
    if (closedFor > 0) {
      this.#wait = closedFor;
      return 0;
    }
    // While it is open the one that gets through is its trial.
    const allowed = this.#circuit.open ? 1 : free;
    let taken = 0;
    for (let turn; taken < allowed; taken += 1) {
      turn = this.#rate?.reserve(0);
      if (turn && !turn.taken) {
        this.#wait = turn.wait;
        break;
      }
    }
    if (taken === 0) this.#circuit.abandoned();
    this.#slots.take(taken);
    return taken;
  }

  /** Gives turns back that were not used. */
  giveBack(count: number): void {
    if (count <= 0) return;
    this.#rate?.refund(count);
    if (this.#circuit.open) this.#circuit.abandoned();
    this.#slots.release(count);
  }

  /** Turns that were used by a process elsewhere: what it takes at a time is bounded there. */
  passOn(count: number): void {
    this.#slots.release(count);
  }

  /** Runs a delivery that holds a turn, and learns from its outcome. */
  async run(call: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return this.#learn(await call());
    } finally {
      this.#free();
    }
  }

  /** Runs a delivery when its turn comes. */
  async admit(call: () => Promise<Outcome>): Promise<Outcome> {
    return (await this.turn()) ?? this.run(call);
  }

  /** Waits for a turn, as long as patience lasts. @returns why there is none; else the turn must be used or given back */
  async turn(): Promise<Outcome | undefined> {
    const { patience } = this.rules;
    if (!(await this.#slots.acquire(patience))) return turnedAway('CONNECTOR.BUSY', 1000);
    const place = this.#rate?.reserve(patience);
    if (place && !place.taken) return this.#turnAway('CONNECTOR.RATE_LIMITED', place.wait);
    if (place && place.wait > 0) await sleep(place.wait);
    // Asked last: while this one waited, the others may have failed.
    const closedFor = this.#circuit.enter();
    return closedFor > 0 ? this.#turnAway('CONNECTOR.CIRCUIT_OPEN', closedFor) : undefined;
  }

  #turnAway(code: string, milliseconds: number): Outcome {
    this.#free();
    return turnedAway(code, milliseconds);
  }

  #free(): void {
    this.#slots.release();
    for (const listener of this.#listeners) listener();
  }

  #learn(outcome: Outcome): Outcome {
    if (outcome.status === 'accepted') this.#circuit.succeeded();
    else if (outcome.status === 'unknown' || (outcome.retryable && outcome.about === undefined))
      this.#circuit.failed();
    // A message that is refused for its own sake says nothing of the provider's health.
    else this.#circuit.abandoned();
    return outcome;
  }
}

function turnedAway(code: string, milliseconds: number): Outcome {
  return rejected(code, {
    retryable: true,
    wait: true,
    retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)),
  });
}
