import {
  rejected,
  unknown,
  type ConnectorContext,
  type ConnectorDefinition,
  type ConnectorLogger,
  type PresentRequest,
  type Subject,
} from '@repartee/connector-sdk';
import { outcomeSchema, type Action, type Attempt, type Outcome } from '@repartee/contracts';
import type { Clock, GuardedHttp, Logger } from '@repartee/platform';
import { setMaxListeners } from 'node:events';
import { Admission } from './admission.js';
import type { ConnectorHealth } from './connector-health.js';
import { Deliveries } from './deliveries.js';
import type { HostRules } from './connector-host.options.js';
import { ConnectorSession } from './connector-session.js';
import { capabilitiesOf, lackOf, type SettingsState } from './settings-state.js';
import { withinTime, wordsOf } from './time-limit.js';

/** Milliseconds a call may take where its connector does not say. */
export const DEFAULT_TIME_LIMIT = 30_000;
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
  readonly admission: Admission;
  readonly #stop = new AbortController();
  readonly #former = new Set<Promise<void>>();
  readonly #deliveries: Deliveries;
  #session: ConnectorSession;
  #stopping = false;
  #closing: Promise<void> | undefined;
  #trouble: { detail: string; at: number } | undefined;
  #checking = false;

  constructor(
    readonly definition: ConnectorDefinition,
    state: SettingsState,
    private readonly tools: RunnerTools,
  ) {
    this.admission = new Admission(capabilitiesOf(definition, state), tools.rules);
    this.#deliveries = new Deliveries(definition);
    // Every running call listens.
    setMaxListeners(0, this.#stop.signal);
    this.#session = new ConnectorSession(definition, state, tools.logger);
  }

  get state(): SettingsState {
    return this.#session.state;
  }

  get configured(): boolean {
    return this.state.configured;
  }

  get resources(): unknown {
    return this.#session.resources;
  }

  get logger(): ConnectorLogger {
    return this.#session.logger;
  }

  /** An outcome with words free of secrets. */
  clean(outcome: Outcome): Outcome {
    if (outcome.status === 'accepted' || outcome.detail === undefined) return outcome;
    return { ...outcome, detail: this.#session.clean(outcome.detail) };
  }

  /** Takes other settings for all calls from now on. */
  use(state: SettingsState): void {
    if (this.#stopping) return;
    const former = this.#session;
    this.#session = former.next(state);
    this.#trouble = undefined;
    this.admission.renew(capabilitiesOf(this.definition, state).ratePerSecond);
    const closed = former.close().finally(() => this.#former.delete(closed));
    this.#former.add(closed);
  }

  /** Tries settings that are not in force, here. @returns what is wrong with them, in words free of secrets */
  async tryOut(
    state: SettingsState,
    check: ConnectorDefinition['checkSettings'],
  ): Promise<string | undefined> {
    const session = this.#session.next(state);
    const call = async (signal: AbortSignal) => check?.(this.context(signal, undefined, session));
    try {
      const answer = await withinTime(this.#timeLimit, this.#stop.signal, call);
      return answer.ended ? undefined : 'no answer in time';
    } catch (error) {
      return session.words(error);
    } finally {
      await session.close();
    }
  }

  /**
   * Never throws.
   * @param holdsTurn whether the caller took a turn for it; else it waits for one
   */
  async attempt(
    action: Action,
    { traceparent, holdsTurn }: { traceparent?: string; holdsTurn: boolean },
  ): Promise<Outcome> {
    const { admission } = this;
    const refusal = this.#refusal();
    if (refusal) {
      if (holdsTurn) admission.giveBack(1);
      return refusal;
    }
    const call = () =>
      this.#outcome((signal) => this.#deliveries.send(action, this.context(signal, traceparent)));
    return holdsTurn ? admission.run(call) : admission.admit(call);
  }

  /** Why nothing can be sent at all, if so. */
  #refusal(): Outcome | undefined {
    if (!this.definition.deliver) return rejected('CONNECTOR.CANNOT_DELIVER', { retryable: false });
    if (!this.state.configured)
      return rejected('CONNECTOR.NOT_CONFIGURED', { retryable: true, detail: lackOf(this.state) });
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
    const answer = await this.hold(withinTime(this.#timeLimit, this.#stop.signal, call));
    if (!answer.ended) throw new Error(`${this.definition.name} did not present within its time`);
    return answer.value;
  }

  /** Keeps the resources that something uses open until it ends. */
  hold<T>(running: Promise<T>): Promise<T> {
    return this.#session.hold(running);
  }

  /** Runs one call within its time. @throws what went wrong, in words free of secrets */
  async call<T>(work: (context: ConnectorContext) => T | Promise<T>): Promise<T> {
    const running = withinTime(this.#timeLimit, this.#stop.signal, async (signal) =>
      work(this.context(signal)),
    );
    try {
      const answer = await this.hold(running);
      if (answer.ended) return answer.value;
      throw new Error('no answer in time');
    } catch (error) {
      throw new Error(this.#session.words(error), { cause: error });
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
      return { name, channel, status: 'not_configured', detail: lackOf(this.state) };
    if (this.#trouble && this.tools.rules.monotonic() - this.#trouble.at > CHECK_AGAIN_AFTER)
      this.checkInBackground();
    if (this.admission.circuitOpen)
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
    await Promise.all([this.#session.close(), ...this.#former]).finally(() => clearTimeout(abort));
    this.#stop.abort();
  }

  context(signal: AbortSignal, traceparent?: string, session = this.#session): ConnectorContext {
    const { clock, http } = this.tools;
    return session.context({ clock, http: http.within(signal), signal, traceparent });
  }

  get #timeLimit(): number {
    return this.definition.capabilities.timeLimit ?? DEFAULT_TIME_LIMIT;
  }

  /** Turns whatever a call does into an outcome. A throw is unknown: nobody can prove how far it came. */
  async #outcome(call: (signal: AbortSignal) => Promise<Outcome | undefined> | undefined): Promise<Outcome> {
    const running = withinTime(this.#timeLimit, this.#stop.signal, async (signal) => call(signal));
    try {
      const answer = await this.hold(running);
      if (!answer.ended) return this.#troubled(unknown(`no answer within ${this.#timeLimit} ms`));
      const outcome = outcomeSchema.safeParse(answer.value);
      if (!outcome.success) return this.#troubled(unknown('the connector answered with no outcome'));
      return this.#noted(outcome.data);
    } catch (error) {
      const detail = this.#session.words(error);
      this.logger.error(`The connector threw: ${detail}`);
      return this.#troubled(unknown(detail));
    }
  }

  #noted(outcome: Outcome): Outcome {
    if (outcome.status === 'accepted') this.#trouble = undefined;
    return this.clean(outcome);
  }

  #troubled(outcome: Outcome & { status: 'unknown' }): Outcome {
    this.#trouble = { detail: outcome.detail ?? 'unknown outcome', at: this.tools.rules.monotonic() };
    return outcome;
  }
}
