import type { ConnectorContext, ConnectorDefinition, ConnectorLogger } from '@repartee/connector-sdk';
import type { Logger } from '@repartee/platform';
import { cleanLogger } from './clean-logger.js';
import { SecretRedactor } from './secret-redactor.js';
import type { SettingsState } from './settings-state.js';

/** Characters of a provider's own words that are kept. */
const MAX_DETAIL = 1000;

/**
 * A connector with settings in force, and the resources that were opened for them. New settings begin a new session;
 * calls under way keep theirs to their end.
 */
export class ConnectorSession {
  readonly resources: unknown;
  readonly logger: ConnectorLogger;
  readonly #redactor: SecretRedactor;
  readonly #active = new Set<Promise<unknown>>();
  readonly #secrets: readonly string[];

  /** @param before secrets of sessions before this one: they stay unsaid */
  constructor(
    private readonly definition: ConnectorDefinition,
    readonly state: SettingsState,
    private readonly log: Logger,
    before: readonly string[] = [],
  ) {
    this.#secrets = [...new Set([...before, ...(state.configured ? state.secrets : [])])];
    this.#redactor = new SecretRedactor(this.#secrets);
    this.logger = cleanLogger(log, this.#redactor, `connector ${definition.name}`);
    this.resources = definition.open?.();
  }

  next(state: SettingsState): ConnectorSession {
    return new ConnectorSession(this.definition, state, this.log, this.#secrets);
  }

  context(call: Pick<ConnectorContext, 'clock' | 'http' | 'signal' | 'traceparent'>): ConnectorContext {
    const { traceparent, ...rest } = call;
    return {
      settings: this.state.configured ? this.state.settings : {},
      resources: this.resources,
      logger: this.logger,
      ...rest,
      ...(traceparent !== undefined && { traceparent }),
    };
  }

  /** A text free of secrets, not too long. */
  clean(text: string): string {
    return this.#redactor.text(text).slice(0, MAX_DETAIL);
  }

  words(error: unknown): string {
    return this.clean(error instanceof Error ? error.message : String(error));
  }

  /** Keeps the resources open while something runs. */
  async hold<T>(running: Promise<T>): Promise<T> {
    this.#active.add(running);
    try {
      return await running;
    } finally {
      this.#active.delete(running);
    }
  }

  /** Closes the resources when the last call has ended. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#active);
    try {
      await this.definition.close?.(this.resources);
    } catch (error) {
      this.logger.warn(`closing failed: ${this.words(error)}`);
    }
  }
}
