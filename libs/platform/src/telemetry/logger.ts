import type { LoggerService, LogLevel } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { types } from 'node:util';
import { redact, redactText } from './redact.js';

export interface LoggerOptions {
  /** fatal, error, warn, info, debug, trace or silent. */
  level?: string;
  /** Where the JSON lines go; standard output unless given. */
  destination?: DestinationStream;
  /** The trace that is running, to be written on every line. */
  traceId?: () => string | undefined;
}

type PinoLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * JSON lines by pino, in the shape Nest wants. Every method takes a text or an object, then in any order further
 * fields (objects), an `Error`, and last the context's name. Secrets, e-mail addresses and phone numbers are masked.
 */
export class Logger implements LoggerService {
  private readonly pino: PinoLogger;
  private traceId: (() => string | undefined) | undefined;

  constructor(options: LoggerOptions = {}) {
    this.traceId = options.traceId;
    const settings = {
      level: options.level ?? 'info',
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Errors are described by `redact` already.
      serializers: { err: (described: unknown) => described },
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: () => {
        const id = this.traceId?.();
        return id === undefined ? {} : { traceId: id };
      },
    };
    this.pino = options.destination ? pino(settings, options.destination) : pino(settings);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Whether lines of this level are written, to spare the making of expensive ones. */
  enabled(level: PinoLevel): boolean {
    return this.pino.isLevelEnabled(level);
  }

  /** Writes the running trace on every line from now on; for a logger that is older than the tracer. */
  followTraces(traceId: () => string | undefined): void {
    this.traceId = traceId;
  }

  setLogLevels(levels: LogLevel[]): void {
    const order: LogLevel[] = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];
    const lowest = order.find((level) => levels.includes(level));
    this.pino.level =
      lowest === undefined ? 'silent' : lowest === 'log' ? 'info' : lowest === 'verbose' ? 'trace' : lowest;
  }

  private write(level: PinoLevel, message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const { fields, text } = lineOf(message, rest);
    this.pino[level](fields, text);
  }
}

function lineOf(message: unknown, rest: unknown[]): { fields: Record<string, unknown>; text?: string } {
  const fields: Record<string, unknown> = {};
  const texts: string[] = [];
  for (const part of [message, ...rest]) {
    if (types.isNativeError(part)) fields['err'] = redact(part);
    else if (typeof part === 'object' && part !== null) Object.assign(fields, redact(part));
    else if (part !== undefined) texts.push(String(part));
  }
  // Nest's own calls end with the context; an error's stack comes between as a text.
  if (texts.length > 1) fields['context'] = texts.pop();
  const stackAt = texts.findIndex((text, index) => index > 0 && /\n\s+at /.test(text));
  if (stackAt > 0) fields['stack'] = redactText(texts.splice(stackAt, 1)[0] ?? '');
  const text = texts.length > 0 ? redactText(texts.join(' ')) : undefined;
  if (text !== undefined) return { fields, text };
  const { err } = fields as { err?: { message?: string } };
  return err?.message === undefined ? { fields } : { fields, text: err.message };
}
