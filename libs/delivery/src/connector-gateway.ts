import type { Action, Attempt, Outcome } from '@repartee/contracts';

/** A connector that delivers on a channel. */
export interface ChannelConnector {
  name: string;
  channel: string;
  /** Namespace of the identifiers it reaches people by: `email`, `phone`. */
  addressNamespace: string;
  /** It shows things in open pages, by a {@link SessionPresenter}, and sends nothing. */
  presents?: boolean;
  /** The address or number it sends from, where that is one: consent may be scoped to it. */
  sender?: string;
  /** Whether the provider can be asked what became of a message. */
  canReconcile: boolean;
  /** Calls it takes at a time. */
  concurrency: number;
  /** Milliseconds one call may take. */
  timeLimit: number;
  /** Set when it runs in a process of its own, reached over the bus: attempts that may be under way there at a time. */
  remote?: { inFlight: number };
}

/** Leave to call a connector, bounded by what it takes at a time, its rate and its circuit breaker. */
export interface Turns {
  /** Calls it could take now, as far as their number goes. */
  readonly free: number;
  /** Takes up to so many turns, now. Each must be used or given back. */
  take(most: number): number;
  giveBack(count: number): void;
  /** Ends turns that were used by a process elsewhere. */
  passOn(count: number): void;
  /** Milliseconds after which asking again may help, where none was free; a call that ends rings {@link onFree}. */
  readonly wait: number;
  /** It failed again and again, so that it is left alone for now: nothing was sent. */
  readonly refusing: boolean;
  /** Hears when a turn comes free. */
  onFree(listener: () => void): void;
}

/** Shows what was decided in the open pages of a person: how channels are served that ask instead of being sent to. */
export abstract class SessionPresenter {
  abstract present(action: Action): Promise<Outcome>;
}

/** The way out, as delivery sees it. The application ties it to the connectors. Nothing here throws for a provider's sake. */
export abstract class ConnectorGateway {
  /** Who shows what connectors present in open pages. */
  abstract usePresenter(presenter: SessionPresenter): void;
  /** Every connector that delivers or presents. */
  abstract connectors(): readonly ChannelConnector[];
  /** The connectors of a channel in the order in which they are tried. */
  abstract connectorsFor(channel: string): readonly ChannelConnector[];
  abstract turns(connector: string): Turns;
  /** Calls a connector of this process. Uses up one turn. */
  abstract deliver(connector: string, action: Action, traceparent?: string): Promise<Outcome>;
  /** Asks a connector of this process what became of an attempt. */
  abstract reconcile(connector: string, attempt: Attempt): Promise<Outcome>;
  /** Lets calls end, aborts those that take longer than `patience` milliseconds, and answers when none is left. */
  abstract stop(patience: number): Promise<void>;
}
