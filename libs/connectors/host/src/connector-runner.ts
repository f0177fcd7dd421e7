import {
  rejected,
  unknown,
  type Capabilities,
  type ConnectorContext,
  type ConnectorDefinition,
  type ConnectorLogger,
  type PresentRequest,
  type Subject,
} from '@repartee/connector-sdk';
import { outcomeSchema, type Action, type Attempt, type Outcome } from '@repartee/contracts';
import type { Clock, Logger } from '@repartee/platform';
import { setMaxListeners } from 'node:events';
import { Admission } from './admission.js';
import { cleanLogger } from './clean-logger.js';
import type { ConnectorHealth } from './connector-health.js';
import type { HostRules } from './connector-host.options.js';
import type { GuardedHttp } from './guarded-http.js';
import type { SettingsState } from './read-settings.js';
import { SecretRedactor } from './secret-redactor.js';
import { withinTime, wordsOf } from './time-limit.js';

/** Milliseconds a call may take where its connector does not say. */
export const DEFAULT_TIME_LIMIT = 30_000;
/** Characters of a provider's own words that are kept. */
const MAX_DETAIL = 1000;
/** How old a failed check of the settings may be before health asks for another, in milliseconds. */
const CHECK_AGAIN_AFTER = 15_000;

export interface RunnerTools {
  clock: Clock;
  logger: Logger;
  http: GuardedHttp;
  rules: HostRules;
}

/** Runs one connector: keeps its resources, its time, its turn, and its secrets. */
export class ConnectorRunner {
  readonly resources: unknown;
  readonly logger: ConnectorLogger;
  readonly #redactor: SecretRedactor;
  readonly admission: Admission;
  readonly #stop = new AbortController();
  readonly #active = new Set<Promise<unknown>>();
  #stopping = false;
  #closing: Promise<void> | undefined;
  #trouble: { detail: string; at: number } | undefined;
  #checking = false;

  constructor(
    readonly definition: ConnectorDefinition,
    private readonly state: SettingsState,
    private readonly tools: RunnerTools,
  ) {
    this.#redactor = new SecretRedactor(state.configured ? state.secrets : []);
    this.admission = new Admission(capabilitiesOf(definition, state), tools.rules);
    this.logger = cleanLogger(tools.logger, this.#redactor, `connector ${definition.name}`);
    // Every running call listens.
    setMaxListeners(0, this.#stop.signal);
    this.resources = definition.open?.();
  }

  get configured(): boolean {
    return this.state.configured;
  }

  get circuitOpen(): boolean {
    return this.admission.circuitOpen;
  }

  /**
   * Never throws.
   * @param holdsTurn whether the caller took a turn for it; else it waits for one
   */
  async attempt(
    action: Action,
    { traceparent, holdsTurn }: { traceparent?: string; holdsTurn: boolean },
  ): Promise<Outcome> {
    const { definition, admission } = this;
    const refusal = this.#refusal();
    if (refusal) {
      if (holdsTurn) admission.giveBack(1);
      return refusal;
    }
    const call = () =>
      this.#outcome((signal) => {
        const context = { ...this.context(signal, traceparent), idempotencyKey: action.idempotencyKey };
        return definition.deliver?.(action, context);
      });
    return holdsTurn ? admission.run(call) : admission.admit(call);
  }

  /** Why nothing can be sent at all, if so. */
  #refusal(): Outcome | undefined {
    if (!this.definition.deliver) return rejected('CONNECTOR.CANNOT_DELIVER', { retryable: false });
    if (!this.state.configured)
      return rejected('CONNECTOR.NOT_CONFIGURED', {
        retryable: true,
        detail: `missing: ${this.state.missing.join(', ')}`,
      });
    return this.#stopping ? rejected('CONNECTOR.STOPPING', { retryable: true, wait: true }) : undefined;
  }

  /** Never throws. Where the provider cannot be asked, unknown stays unknown. */
  async reconcile(attempt: Attempt, traceparent: string | undefined): Promise<Outcome> {
    const { definition } = this;
    if (!definition.reconcile) return unknown('this provider cannot be asked what became of a message');
    if (!this.state.configured) return unknown('the connector is not configured');
    return this.#outcome((signal) => definition.reconcile?.(attempt, this.context(signal, traceparent)));
  }

  async present(request: PresentRequest): Promise<unknown> {
    const call = async (signal: AbortSignal) => this.definition.present?.(request, this.context(signal));
    const answer = await withinTime(this.#timeLimit, this.#stop.signal, call);
    if (!answer.ended) throw new Error(`${this.definition.name} did not present within its time`);
    return answer.value;
  }

  /** Runs one call within its time. @throws what went wrong, in words free of secrets */
  async call<T>(work: (context: ConnectorContext) => T | Promise<T>): Promise<T> {
    const running = withinTime(this.#timeLimit, this.#stop.signal, async (signal) =>
      work(this.context(signal)),
    );
    this.#active.add(running);
    try {
      const answer = await running;
      if (answer.ended) return answer.value;
      throw new Error('no answer in time');
    } catch (error) {
      throw new Error(this.#words(error), { cause: error });
    } finally {
      this.#active.delete(running);
    }
  }

  /** Has the provider forget a person. @returns why it did not, in words free of secrets */
  async forget(subject: Subject): Promise<string | undefined> {
    return wordsOf(this.call((context) => this.definition.forget?.(subject, context)));
  }

  /** Tries the settings. @returns what is wrong, in words free of secrets */
  async check(): Promise<string | undefined> {
    if (!this.state.configured) return undefined;
    const detail = await wordsOf(this.call((context) => this.definition.checkSettings?.(context)));
    this.#trouble = detail === undefined ? undefined : { detail, at: this.tools.rules.monotonic() };
    return detail;
  }

  /** Checks without making anyone wait; several requests share one check. */
  checkInBackground(): void {
    if (this.#checking || this.#stopping) return;
    this.#checking = true;
    void this.check()
      .then((detail) => detail !== undefined && this.logger.warn(`The settings do not work: ${detail}`))
      .finally(() => (this.#checking = false));
  }

  health(): ConnectorHealth {
    const { name, channel } = this.definition;
    if (!this.state.configured)
      return { name, channel, status: 'not_configured', detail: `missing: ${this.state.missing.join(', ')}` };
    if (this.#trouble && this.tools.rules.monotonic() - this.#trouble.at > CHECK_AGAIN_AFTER)
      this.checkInBackground();
    if (this.circuitOpen)
      return { name, channel, status: 'degraded', detail: this.#trouble?.detail ?? 'failed repeatedly' };
    if (this.#trouble) return { name, channel, status: 'degraded', detail: this.#trouble.detail };
    return { name, channel, status: 'up' };
  }

  /** Lets running calls end, aborts those that take longer than `patience` milliseconds, then closes the resources. */
  close(patience: number): Promise<void> {
    return (this.#closing ??= this.#close(patience));
  }

  async #close(patience: number): Promise<void> {
    this.#stopping = true;
    const abort = setTimeout(() => this.#stop.abort(new Error('shutting down')), patience);
    await Promise.allSettled(this.#active);
    clearTimeout(abort);
    this.#stop.abort();
    await this.definition.close?.(this.resources);
  }

  context(signal: AbortSignal, traceparent?: string): ConnectorContext {
    return {
      settings: this.state.configured ? this.state.settings : {},
      resources: this.resources,
      http: this.tools.http.within(signal),
      logger: this.logger,
      clock: this.tools.clock,
      signal,
      ...(traceparent !== undefined && { traceparent }),
    };
  }

  get #timeLimit(): number {
    return this.definition.capabilities.timeLimit ?? DEFAULT_TIME_LIMIT;
  }

  /** Turns whatever a call does into an outcome. A throw is unknown: nobody can prove how far it came. */
  async #outcome(call: (signal: AbortSignal) => Promise<Outcome> | undefined): Promise<Outcome> {
    const running = withinTime(this.#timeLimit, this.#stop.signal, async (signal) => call(signal));
    this.#active.add(running);
    try {
      const answer = await running;
      if (!answer.ended) return this.#troubled(unknown(`no answer within ${this.#timeLimit} ms`));
      const outcome = outcomeSchema.safeParse(answer.value);
      if (!outcome.success) return this.#troubled(unknown('the connector answered with no outcome'));
      return this.#noted(outcome.data);
    } catch (error) {
      const detail = this.#words(error);
      this.logger.error(`The connector threw: ${detail}`);
      return this.#troubled(unknown(detail));
    } finally {
      this.#active.delete(running);
    }
  }

  #noted(outcome: Outcome): Outcome {
    if (outcome.status === 'accepted') {
      this.#trouble = undefined;
      return outcome;
    }
    return outcome.detail === undefined ? outcome : { ...outcome, detail: this.#clean(outcome.detail) };
  }

  #troubled(outcome: Outcome & { status: 'unknown' }): Outcome {
    this.#trouble = { detail: outcome.detail ?? 'unknown outcome', at: this.tools.rules.monotonic() };
    return outcome;
  }

  #clean(text: string): string {
    return this.#redactor.text(text).slice(0, MAX_DETAIL);
  }

  #words(error: unknown): string {
    return this.#clean(error instanceof Error ? error.message : String(error));
  }
}

/** How fast a provider takes messages may depend on the account. */
function capabilitiesOf({ capabilities }: ConnectorDefinition, state: SettingsState): Capabilities {
  const rate = state.configured ? state.settings['ratePerSecond'] : undefined;
  return typeof rate === 'number' ? { ...capabilities, ratePerSecond: rate } : capabilities;
}
