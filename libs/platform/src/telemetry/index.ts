export { Logger, type LoggerOptions } from './logger.js';
export { Metrics, type Counter, type Gauge, type Histogram } from './metrics.js';
export { redact, REDACTED } from './redact.js';
export { TelemetryModule, type TelemetryOptions } from './telemetry.module.js';
export { formatTraceparent, parseTraceparent } from './traceparent.js';
export { SpanKind, Tracer, type Span, type SpanOptions, type TracerOptions } from './tracer.js';
