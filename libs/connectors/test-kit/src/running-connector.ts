import type { HeardWebhook } from '@repartee/connector-host';
import type { ConnectorDefinition, PolledFacts, RawRequest, TemplateData } from '@repartee/connector-sdk';
import type { Action, Attempt, CompiledContent, HeardEvent, Outcome, Result } from '@repartee/contracts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A connector that runs as it would in production, seen from the core. */
export interface RunningConnector {
  deliver(action: Action): Promise<Outcome>;
  reconcile(attempt: Attempt): Promise<Outcome>;
  /** Tells it what happened. */
  hear(event: HeardEvent): Promise<Outcome>;
  compile(content: unknown): Promise<Result<CompiledContent>>;
  render(content: CompiledContent, data: TemplateData): Promise<unknown>;
  /** Has it verify and read a webhook. */
  receive(raw: RawRequest): Promise<Result<HeardWebhook>>;
  /** Has it fetch what came since. */
  poll(cursor: string | undefined): Promise<PolledFacts>;
  /** Tries the settings against the provider. @returns what is wrong, for people */
  checkSettings(): Promise<string | undefined>;
  /** Has the provider forget a person. @returns `done`, or why not */
  forget(address: string): Promise<string>;
  /** How it does, for people. */
  health(): string;
  /** Everything that was logged so far. */
  logged(): string;
  /** Has calls that are under way let go, and takes no more. */
  abort(): Promise<void>;
  /** As on SIGTERM: what runs may end. */
  stop(): Promise<void>;
}

/** A way to run a connector: within the core's process, or in a host of its own over a bus. */
export interface Way {
  /** Stands in the certificate: `in-process`. */
  name: string;
  /** Makes what all runs of a connector share. */
  open(definition: ConnectorDefinition): Promise<OpenWay>;
}

export interface OpenWay {
  start(definition: ConnectorDefinition, environment: Environment): Promise<RunningConnector>;
  close(): Promise<void>;
}
