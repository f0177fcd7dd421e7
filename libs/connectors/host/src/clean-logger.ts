import type { ConnectorLogger } from '@repartee/connector-sdk';
import type { Logger } from '@repartee/platform';
import type { SecretRedactor } from './secret-redactor.js';

/** The logger a connector gets: what it writes is free of its secrets. */
export function cleanLogger(logger: Logger, redactor: SecretRedactor, context: string): ConnectorLogger {
  const write =
    (level: 'debug' | 'log' | 'warn' | 'error') =>
    (message: string, fields = {}) =>
      logger[level](redactor.text(message), redactor.fields(fields), context);
  return { debug: write('debug'), info: write('log'), warn: write('warn'), error: write('error') };
}
