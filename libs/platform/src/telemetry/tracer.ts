import {
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer as OpenTelemetryTracer,
} from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';
import { formatTraceparent, parseTraceparent } from './traceparent.js';

export { SpanKind, type Span } from '@opentelemetry/api';

export interface TracerOptions {
  serviceName?: string;
  /** Share of new traces that is recorded, 0 to 1. A trace that comes from outside keeps the decision it came with. */
  sampleRatio?: number;
  /** Base URL of an OTLP/HTTP collector. Without it nothing is exported, but traces that come from outside travel on. */
  otlpEndpoint?: string;
  /** Takes the spans one by one instead of the collector; for tests. */
  exporter?: SpanExporter;
}

export interface SpanOptions {
  /** W3C header of the span that caused this one; it comes before the one that is running. */
  traceparent?: string;
  attributes?: Attributes;
  kind?: SpanKind;
}

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** OpenTelemetry traces with a context of its own: nothing is registered globally. */
export class Tracer {
  private readonly active = new AsyncLocalStorage<Context>();

  /** Use {@link Tracer.create}. */
  constructor(
    private readonly provider: BasicTracerProvider,
    private readonly tracer: OpenTelemetryTracer,
    /** Whether spans leave the process. */
    readonly exporting: boolean,
  ) {}

  static async create(options: TracerOptions = {}): Promise<Tracer> {
    const processors = await spanProcessors(options);
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': options.serviceName ?? 'repartee' }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(options.sampleRatio ?? 0.05) }),
      spanProcessors: processors,
    });
    return new Tracer(provider, provider.getTracer('repartee'), processors.length > 0);
  }

  /**
   * Runs `work` within a new span, child of `traceparent` or of the span that is running, else the root of a new trace.
   * The span ends with the work; what the work throws is recorded and passed on. Where nothing is exported only traces
   * that came from outside are carried on, and no new ones begin.
   */
  async span<T>(name: string, options: SpanOptions, work: (span: Span) => T | Promise<T>): Promise<T> {
    if (this.isIdle(options.traceparent)) return work(NO_SPAN);
    const span = this.start(name, options);
    try {
      return await this.within(span, () => work(span));
    } catch (error) {
      span.recordException(types.isNativeError(error) ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Starts a span that the caller ends. Prefer {@link span}. */
  start(name: string, options: SpanOptions = {}): Span {
    const { traceparent, kind = SpanKind.INTERNAL, attributes } = options;
    return this.tracer.startSpan(name, { kind, attributes }, this.parentOf(traceparent));
  }

  /** Runs `work` with `span` as the one that is running. */
  within<T>(span: Span, work: () => T): T {
    return this.active.run(trace.setSpan(ROOT_CONTEXT, span), work);
  }

  /** The W3C header that carries the running span on; undefined outside of any. */
  currentTraceparent(): string | undefined {
    const context = this.currentSpanContext();
    return context && formatTraceparent(context);
  }

  currentTraceId(): string | undefined {
    return this.currentSpanContext()?.traceId;
  }

  /** Exports what is left. */
  async shutdown(): Promise<void> {
    await this.provider.shutdown();
  }

  /**
   * Nobody would see a new trace, and none is to be continued. Then the context is left alone: it slows every promise
   * of the process down from its first use on (15 % of a request that does nothing, on Node.js 20).
   */
  private isIdle(traceparent: string | undefined): boolean {
    return (
      !this.exporting && this.active.getStore() === undefined && parseTraceparent(traceparent) === undefined
    );
  }

  private currentSpanContext() {
    const context = this.active.getStore();
    return context && trace.getSpanContext(context);
  }

  private parentOf(traceparent: string | undefined): Context {
    const remote = parseTraceparent(traceparent);
    if (remote) return trace.setSpanContext(ROOT_CONTEXT, remote);
    return this.active.getStore() ?? ROOT_CONTEXT;
  }
}

async function spanProcessors(options: TracerOptions): Promise<SpanProcessor[]> {
  if (options.exporter) return [new SimpleSpanProcessor(options.exporter)];
  if (options.otlpEndpoint === undefined) return [];
  // Loaded only when used: it is a large part of the start-up time.
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${options.otlpEndpoint}/v1/traces` }))];
}
