import { setMaxListeners } from 'node:events';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { detailOf, forgotten } from '../in-process.js';
import type { RunningConnector } from '../running-connector.js';
import type { CoreSide } from './core-side.js';

/** Whatever runs the connector on the other side of the bus. */
export interface OtherSide {
  health(): string;
  logged(): string;
  abort(): Promise<void>;
  close(): Promise<void>;
  /** What is known of an attempt once it has ended. */
  giveUp(attemptId: string): Promise<Outcome>;
}

/** A connector on the other side of a bus, as the core sees it. */
export function seenFromCore(
  { name, channel }: ConnectorDefinition,
  core: CoreSide,
  other: OtherSide,
): RunningConnector {
  const before = core.logged().length;
  const over = new AbortController();
  // Every message under way listens.
  setMaxListeners(0, over.signal);
  const ended = { signal: over.signal, giveUp: (attemptId: string) => other.giveUp(attemptId) };
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await other.close();
    over.abort();
  };
  return {
    deliver: (action) => core.commands.deliver(name, action, ended),
    reconcile: (attempt) => core.commands.reconcile(name, attempt, ended),
    hear: (event) => core.host.hear(name, event),
    compile: (content) => core.host.compile(channel, content),
    render: (content, data) => core.commands.render(name, content, data),
    receive: (raw) => core.reports.receive(name, raw),
    poll: (cursor) => core.reports.poll(name, cursor),
    checkSettings: async () => detailOf(await core.host.checkSettings(name)),
    forget: (address) => forgotten(core.host, address),
    health: () => JSON.stringify(core.host.health()) + other.health(),
    logged: () => other.logged() + core.logged().slice(before),
    abort: () => other.abort(),
    stop: () => (stopping ??= stop()),
  };
}
