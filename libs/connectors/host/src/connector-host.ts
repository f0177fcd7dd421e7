import {
  Inject,
  Injectable,
  Optional,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { unknown, type PresentRequest, type Subject, type TemplateData } from '@repartee/connector-sdk';
import {
  fail,
  failure,
  ok,
  type Action,
  type Attempt,
  type CompiledContent,
  type HeardEvent,
  type Outcome,
  type Result,
} from '@repartee/contracts';
import {
  Clock,
  createGuardedHttp,
  type GuardedHttp,
  Logger,
  Metrics,
  Requests,
  Tracer,
} from '@repartee/platform';
import { setMaxListeners } from 'node:events';
import type { Admission } from './admission.js';
import { type AttemptContext, notFound } from './attempt-context.js';
import { byChannel } from './by-channel.js';
import { CallRecords, type RecordedCall, watchCircuits } from './call-records.js';
import { compileContent, unknownChannel } from './compile-content.js';
import {
  CERTIFICATION_WARNINGS,
  type ConnectorHealth,
  type ConnectorSummary,
  summaryOf,
} from './connector-health.js';
import { CONNECTOR_HOST_OPTIONS, rulesOf, type ConnectorHostOptions } from './connector-host.options.js';
import { ConnectorRunner } from './connector-runner.js';
import type { AskedConnector } from './elsewhere/asked-connector.js';
import { type ForgetAnswer, forgetEverywhere } from './forget-everywhere.js';
import { hearEvent } from './hear-event.js';
import { inOrder } from './in-order.js';
import { prepareConnectors } from './prepare-connectors.js';

/** How long calls that are running may go on at shutdown before they are aborted, in milliseconds. */
const SHUTDOWN_PATIENCE = 10_000;

/** Runs connectors inside this process: settings, isolation, turns, health. */
@Injectable()
export class ConnectorHost implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly runners: Map<string, ConnectorRunner>;
  private readonly of: (channel: string) => readonly ConnectorRunner[];
  private readonly http: GuardedHttp;
  private readonly stop = new AbortController();
  private readonly order: readonly string[];
  private readonly elsewhere: ReadonlySet<string>;
  private readonly certificates: ConnectorHostOptions['certificates'];
  private readonly webhooks: ReadonlyMap<string, AskedConnector>;
  private readonly records: CallRecords;

  /** @throws ConnectorStartError */
  constructor(
    @Inject(CONNECTOR_HOST_OPTIONS) options: ConnectorHostOptions,
    @Inject(Clock) clock: Clock,
    @Inject(Logger) logger: Logger,
    @Inject(Metrics) metrics: Metrics,
    @Inject(Tracer) tracer: Tracer,
    @Optional() @Inject(Requests) requests?: Requests,
  ) {
    // Every running compilation listens.
    setMaxListeners(0, this.stop.signal);
    const prepared = prepareConnectors(options, requests);
    this.order = options.order ?? [];
    this.elsewhere = options.elsewhere ?? new Set();
    this.certificates = options.certificates;
    this.http = createGuardedHttp({ allowPrivate: options.allowPrivateAddresses ?? false });
    const tools = { clock, logger, http: this.http, rules: rulesOf(options) };
    this.runners = new Map(
      prepared.map(({ definition, state }) => [
        definition.name,
        new ConnectorRunner(definition, state, tools),
      ]),
    );
    this.of = byChannel(this.runners.values());
    this.webhooks = new Map(
      prepared.flatMap(({ definition, webhooks }) => (webhooks ? [[definition.name, webhooks]] : [])),
    );
    this.records = new CallRecords(metrics, tracer);
    watchCircuits(metrics, this.runners);
  }

  onApplicationBootstrap(): void {
    for (const runner of this.runners.values()) runner.checkInBackground();
    // Who runs connectors without certificates at hand judges none.
    for (const { name, certification } of this.certificates ? this.describe() : [])
      if (certification !== 'certified')
        this.runners.get(name)?.logger.warn(CERTIFICATION_WARNINGS[certification]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort(new Error('shutting down'));
    await this.drain(SHUTDOWN_PATIENCE);
    await this.http.close();
  }

  /** Takes no more, lets running calls end, and aborts those that take longer than `patience` milliseconds. */
  async drain(patience: number): Promise<void> {
    await Promise.allSettled([...this.runners.values()].map((runner) => runner.close(patience)));
  }

  describe(): ConnectorSummary[] {
    return [...this.runners.values()].map(({ definition, configured }) =>
      summaryOf(definition, configured, this.certificates?.get(definition.name)),
    );
  }

  /** The connectors that deliver on a channel, in the order in which they are tried; those without settings where no other is. */
  connectorsFor(channel: string): string[] {
    const able = this.of(channel).filter(({ definition }) => definition.deliver);
    const ready = able.filter((one) => one.configured || this.elsewhere.has(one.definition.name));
    const names = (ready.length > 0 ? ready : able).map(({ definition }) => definition.name);
    return inOrder(names, this.order);
  }

  /** Whether a connector sends messages. */
  delivers(name: string): boolean {
    return this.runners.get(name)?.definition.deliver !== undefined;
  }

  /** Waits for leave to call a connector. @returns why there is none */
  async turn(name: string): Promise<Outcome | undefined> {
    const runner = this.runners.get(name);
    return runner ? runner.admission.turn() : notFound(name);
  }

  /** Leave to call a connector; undefined when there is none of this name. */
  turns(name: string): Admission | undefined {
    return this.runners.get(name)?.admission;
  }

  /**
   * Sends one message. Never throws: what hangs is aborted and unknown, what throws is unknown, what is turned away
   * before the connector was called (not configured, no turn, circuit open) is rejected and retryable.
   */
  async deliver(name: string, action: Action, attempt: AttemptContext): Promise<Outcome> {
    const { attemptId, traceparent, holdsTurn = false } = attempt;
    const attributes = { attemptId, deliveryId: action.deliveryId };
    return this.observed({ connector: name, call: 'deliver', attributes, traceparent }, (runner, own) =>
      runner.attempt(action, { traceparent: own, holdsTurn }),
    );
  }

  /** Asks the provider what became of an attempt. Never throws; where nobody can be asked the answer is unknown. */
  async reconcile(name: string, attempt: Attempt, traceparent?: string): Promise<Outcome> {
    const { attemptId, deliveryId } = attempt;
    const attributes = { attemptId, deliveryId };
    return this.observed({ connector: name, call: 'reconcile', attributes, traceparent }, (runner, own) =>
      runner.reconcile(attempt, own),
    );
  }

  /** Tells a connector what happened. Never throws. */
  async hear(name: string, event: HeardEvent, traceparent?: string): Promise<Outcome> {
    const attributes = { eventId: event.id };
    return this.observed({ connector: name, call: 'onEvent', attributes, traceparent }, (runner) =>
      hearEvent(runner, event),
    );
  }

  /** Checks and compiles content for a channel: 422 with JSON pointers (and line and column) when it is refused. */
  async compile(channel: string, content: unknown): Promise<Result<CompiledContent>> {
    const name = this.writer(channel)?.definition.name;
    return name === undefined ? fail(unknownChannel(channel)) : this.compileBy(name, content);
  }

  /** The same, by one connector of the channel. */
  async compileBy(name: string, content: unknown): Promise<Result<CompiledContent>> {
    const runner = this.runners.get(name);
    if (!runner) return fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${name}`));
    const tools = { resources: runner.resources, stop: this.stop.signal };
    return runner.hold(compileContent(runner.definition, content, tools));
  }

  /** Renders compiled content synchronously; decisions call it often. May throw a `TemplateError`. */
  render(channel: string, compiled: CompiledContent, data: TemplateData): Result<unknown> {
    const treatment = this.writer(channel)?.definition.treatment;
    return treatment ? ok(treatment.render(compiled, data)) : fail(unknownChannel(channel));
  }

  /** Content for a zone of a channel that asks. */
  async present(channel: string, request: PresentRequest): Promise<Result<unknown>> {
    const runner = this.of(channel).find(({ definition }) => definition.present);
    return runner ? ok(await runner.present(request)) : fail(unknownChannel(channel));
  }

  /** The connector that knows what content a channel takes. */
  writer(channel: string): ConnectorRunner | undefined {
    return this.of(channel).find(({ definition }) => definition.treatment);
  }

  /** The connector of this name, for the other rooms of this package. */
  runner(name: string): ConnectorRunner | undefined {
    return this.runners.get(name);
  }

  get names(): string[] {
    return [...this.runners.keys()];
  }

  /** Who reads the webhooks of a connector, where its settings are in other processes alone. */
  webhooksOf(name: string): AskedConnector | undefined {
    return this.webhooks.get(name);
  }

  /** Tries a connector's settings against its provider. */
  async checkSettings(name: string): Promise<Result<void>> {
    const runner = this.runners.get(name);
    if (!runner) return fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${name}`));
    if (!runner.configured)
      return fail(failure('CONNECTOR.NOT_CONFIGURED', `${name}: ${runner.health().detail ?? ''}`));
    const detail = await runner.check();
    if (detail === undefined) return ok(undefined);
    return fail(failure('CONNECTOR.SETTINGS_FAILED', `${name}: ${detail}`));
  }

  /** Has providers forget a person, all or those of some connectors. Never throws: who could not says why. */
  forget(subject: Subject, among?: (connector: string) => boolean): Promise<ForgetAnswer[]> {
    const asked = [...this.runners.values()].filter(({ definition }) => among?.(definition.name) ?? true);
    return forgetEverywhere(asked, subject);
  }

  health(): ConnectorHealth[] {
    return [...this.runners.values()].map((runner) => runner.health());
  }

  private observed(
    call: RecordedCall,
    work: (runner: ConnectorRunner, traceparent: string | undefined) => Promise<Outcome>,
  ): Promise<Outcome> | Outcome {
    const { connector } = call;
    const runner = this.runners.get(connector);
    if (runner) return this.records.of(call, (traceparent) => work(runner, traceparent));
    return call.call === 'reconcile' ? unknown(`there is no connector ${connector}`) : notFound(connector);
  }
}
