import { Logger } from '@nestjs/common';
import {
  Server,
  type CustomTransportStrategy,
  type MessageHandler,
  type MsPattern,
} from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { SpanKind, type Tracer } from '../telemetry/index.js';
import type { Clock } from '../clock/index.js';
import { BusContext } from './bus-context.js';
import type { BusMetrics } from './bus-metrics.js';
import type { ClaimedMessage } from './claimed-message.js';
import { FailureLog } from './failure-log.js';
import type { CreateIntake, Intake } from './intake.js';
import { describeError, type Verdict } from './verdict.js';

export interface StrategyParts {
  intake: CreateIntake;
  /** OpenTelemetry's `messaging.system`. */
  system: 'postgresql' | 'nats';
  clock: Clock;
  metrics: BusMetrics;
  tracer: Pick<Tracer, 'span'>;
}

/**
 * Lets Nest's `@EventPattern` handlers consume the bus, whatever carries it. A handler gets the CloudEvent as
 * `@Payload()` and {@link BusContext} as `@Ctx()`. Handlers of one pattern run one after another; if one throws,
 * all run again.
 */
export class BusTransportStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('bus');
  /** Failures decide over retry and dead letter here. */
  override readonly propagatesEventHandlerErrors = true;
  protected override readonly logger = new Logger('Bus');
  private readonly chains = new Map<string, MessageHandler[]>();
  private intake: Intake | undefined;

  constructor(private readonly parts: StrategyParts) {
    super();
  }

  override addHandler(
    pattern: MsPattern,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const type = this.normalizePattern(pattern);
    if (!isEventHandler) throw new Error(`the bus carries events: "${type}" needs @EventPattern`);
    handler.isEventHandler = true;
    handler.extras = extras;
    // Nest would chain them so that they run at the same time.
    const chain = this.chains.get(type);
    if (chain) chain.push(handler);
    else this.chains.set(type, [handler]);
    if (!this.messageHandlers.has(type)) this.messageHandlers.set(type, handler);
  }

  override listen(callback: (error?: unknown) => void): void {
    this.intake = this.parts.intake({
      types: [...this.chains.keys()],
      handle: (message, signal) => this.process(message, signal),
      onFailure: (message, verdict, error) => this.failed(message, verdict, error),
      onVerdict: (message, verdict) => this.count(message, verdict),
      onError: new FailureLog(this.logger).add,
      log: (text) => this.logger.warn(text),
    });
    this.intake.start();
    callback();
  }

  override async close(): Promise<void> {
    const { intake } = this;
    this.intake = undefined;
    await intake?.stop();
  }

  override on(): never {
    throw new Error('the bus strategy emits no events of its own');
  }

  override unwrap<T>(): T {
    return this.intake as T;
  }

  private async process(message: ClaimedMessage, signal: () => AbortSignal): Promise<void> {
    const { event, type, attempt, id } = message;
    const options = {
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': this.parts.system,
        'messaging.operation.type': 'process',
        'messaging.destination.name': type,
        'messaging.message.id': id,
        'messaging.attempt': attempt,
      },
      ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
    };
    const now = () => this.parts.clock.now();
    await this.parts.tracer.span(`process ${type}`, options, async () => {
      for (const [index, handler] of (this.chains.get(type) ?? []).entries())
        await this.hooked(new BusContext([message, signal, { part: index + 1, now }]), async (context) => {
          const result: unknown = await handler(event, context);
          if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
        });
    });
  }

  /** Nest's hooks around processing, which instrumentation uses. */
  private hooked(context: BusContext, work: (context: BusContext) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onProcessingStartHook(this.transportId, context, async () => {
        await work(context)
          .then(resolve, reject)
          .finally(() => this.onProcessingEndHook?.(this.transportId, context));
      });
    });
  }

  private failed(message: ClaimedMessage, verdict: Verdict, error: unknown): void {
    this.count(message, verdict);
    if (!('retryAt' in verdict)) return;
    const what = `${message.type} ${message.id} failed in try ${message.attempt} and will be tried again`;
    this.logger.warn(`${what}: ${describeError(error)}`);
  }

  private count(message: { type: string; id: string }, verdict: Verdict): void {
    const { metrics } = this.parts;
    if ('retryAt' in verdict) return metrics.retried(message.type);
    metrics.buried(message.type, verdict.cause);
    this.logger.error(
      `${message.type} ${message.id} became a dead letter (${verdict.cause}): ${verdict.reason}`,
    );
  }
}
