import {
  type Action,
  type Attempt,
  type CompiledContent,
  type HeardEvent,
  isFactPattern,
  type Outcome,
} from '@repartee/contracts';
import type { z } from 'zod';
import type { ConnectorContext, DeliveryContext } from './context.js';
import type { PolledFacts, RawRequest, ReceivedFacts, Subject } from './facts.js';
import type { TemplateData, Treatment } from './treatment.js';

export type Stability = 'experimental' | 'beta' | 'stable';

export interface Capabilities {
  /** The provider reports what became of a message. */
  receipts: boolean;
  /**
   * How an attempt of unknown outcome can be cleared up: `query` the provider can be asked, `evidence` a bounce, an
   * open or a click may show it, `none`.
   */
  reconcile: 'query' | 'evidence' | 'none';
  /** Deliveries the provider takes per second; a numeric setting `ratePerSecond` overrides it. */
  ratePerSecond?: number;
  /** Deliveries at a time; 10 unless stated. */
  concurrency?: number;
  /** Milliseconds one call may take; 30,000 unless stated. */
  timeLimit?: number;
}

/** A channel that asks for content within a session, for one of its zones. */
export interface PresentRequest<Compiled extends CompiledContent = CompiledContent> {
  zone: string;
  content: Compiled;
  data: TemplateData;
  locale?: string;
  timeZone?: string;
}

type Awaitable<T> = T | Promise<T>;

/** One connector as a data literal; see {@link defineConnector}. */
export interface ConnectorDefinition<
  Settings extends z.ZodObject = z.ZodObject,
  Content = unknown,
  Compiled extends CompiledContent = CompiledContent,
  Rendered = unknown,
  Resources = unknown,
> {
  /** Kebab-case and unique: `email-smtp`. Names the environment variables of the settings too. */
  name: string;
  /** `email`, `sms`, `web`, … */
  channel: string;
  /** Namespace of the identifiers by which it reaches people: `phone`. The channel's own name unless told. */
  addressNamespace?: string;
  /** Range of SDK versions it was written for: `^1.0.0`. */
  sdk: string;
  stability: Stability;
  /** One line for people. */
  description?: string;
  /** Flat; every value comes from one environment variable. Mark what must stay hidden with {@link secret}. */
  settings: Settings;
  capabilities: Capabilities;
  treatment?: Treatment<Content, Compiled, Rendered, Resources>;
  /** The one address or number that messages come from, where these settings leave no choice: refusals may be of it alone. */
  sender?(settings: z.output<Settings>): string | undefined;
  /**
   * Makes what lives as long as the process: pools, workers. Runs once at start, also while settings are missing, so
   * it must do no IO; it comes back as `ctx.resources`.
   */
  open?(): Resources;
  /** Runs once at shutdown, after the last call has ended. */
  close?(resources: Resources): Awaitable<void>;
  /** Sends one message. Anything thrown counts as {@link unknown}. */
  deliver?(
    action: Action & { content: Compiled },
    ctx: DeliveryContext<z.output<Settings>, Resources>,
  ): Promise<Outcome>;
  /** Sends many at once: one outcome an item, in order. Beside {@link deliver}, which sends what is alone. */
  deliverBatch?(
    actions: (Action & { content: Compiled })[],
    ctx: ConnectorContext<z.output<Settings>, Resources>,
  ): Promise<Outcome[]>;
  /** What became of an attempt of unknown outcome. Only with `capabilities.reconcile: 'query'`. */
  reconcile?(attempt: Attempt, ctx: ConnectorContext<z.output<Settings>, Resources>): Promise<Outcome>;
  /** Whether a webhook really comes from the provider. Pure. */
  verify?(raw: RawRequest, ctx: ConnectorContext<z.output<Settings>, Resources>): boolean;
  /** What a verified webhook says. Pure; it may take its time to parse, but waits for nobody. */
  receive?(raw: RawRequest, ctx: ConnectorContext<z.output<Settings>, Resources>): Awaitable<ReceivedFacts>;
  /** Fetches what came since `cursor`: a mailbox, a feed. */
  poll?(
    cursor: string | undefined,
    ctx: ConnectorContext<z.output<Settings>, Resources>,
  ): Promise<PolledFacts>;
  /** Content for a zone of a channel that asks. */
  present?(
    request: PresentRequest<Compiled>,
    ctx: ConnectorContext<z.output<Settings>, Resources>,
  ): Awaitable<Rendered>;
  /**
   * What `onEvent` wants to hear: tracking events by name (`Order Completed`) or call (`identify`, `page`), `*` for all
   * of them; what happens here as webhooks name it (`delivery.bounced`, `response.*`).
   */
  subscribes?: readonly string[];
  /**
   * What tracking events are used for: a person's event is told only while their consent `data:<purpose>` to each of
   * them is granted. Needed to hear tracking events.
   */
  purposes?: readonly string[];
  /**
   * Hears one event. A person's events come one after the other, each at least once: the same `event.id` may come again,
   * as after anything that is not `accepted`. Anything thrown counts as {@link unknown}.
   */
  onEvent?(event: HeardEvent, ctx: ConnectorContext<z.output<Settings>, Resources>): Promise<Outcome>;
  /** Throws, with a message for the operator, when the settings do not work. */
  checkSettings?(ctx: ConnectorContext<z.output<Settings>, Resources>): Promise<void>;
  /** Has the provider forget a person. */
  forget?(subject: Subject, ctx: ConnectorContext<z.output<Settings>, Resources>): Promise<void>;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Declares a connector: what ties a channel to a provider. Settings form, environment variables, checks and docs
 * derive from the literal. The core owns consent, choice, caps, retries and records; a connector only translates.
 *
 * @throws Error when the literal contradicts itself; it is a mistake in the connector's code.
 */
export function defineConnector<
  Settings extends z.ZodObject,
  Content = unknown,
  Compiled extends CompiledContent = CompiledContent,
  Rendered = unknown,
  Resources = unknown,
>(
  definition: ConnectorDefinition<Settings, Content, Compiled, Rendered, Resources>,
): ConnectorDefinition<Settings, Content, Compiled, Rendered, Resources> {
  const { name, capabilities } = definition;
  if (!NAME.test(name)) throw new Error(`The connector name "${name}" is not kebab-case`);
  if (!definition.channel) throw new Error(`The connector ${name} names no channel`);
  if ((capabilities.reconcile === 'query') !== Boolean(definition.reconcile))
    throw new Error(`The connector ${name} must define reconcile exactly when it can query its provider`);
  if (Boolean(definition.receive) !== Boolean(definition.verify))
    throw new Error(`The connector ${name} must define verify and receive together`);
  if (definition.deliverBatch && !definition.deliver)
    throw new Error(`The connector ${name} must define deliver beside deliverBatch: for what is alone`);
  checkListening(definition);
  return Object.freeze(definition);
}

/** @throws Error where it hears what it cannot, or nothing */
function checkListening({
  name,
  onEvent,
  subscribes = [],
  purposes = [],
}: Pick<ConnectorDefinition, 'name' | 'subscribes' | 'purposes'> & { onEvent?: unknown }): void {
  if ((onEvent !== undefined) !== subscribes.length > 0)
    throw new Error(`The connector ${name} must define onEvent together with what it subscribes to`);
  const strange = subscribes.find((one) => (one.endsWith('.*') && !isFactPattern(one)) || one === UNTOLD);
  if (strange !== undefined)
    throw new Error(`The connector ${name} subscribes to ${strange}, which is never told`);
  if (purposes.length === 0 && subscribes.some(isTracking))
    throw new Error(`The connector ${name} must say for which purposes it hears what people do`);
}

/** Decisions are too many to be told one by one. */
const UNTOLD = 'decision.made';

/** Whether what a connector subscribes to are tracking events: what is no fact of the hub is one, by its name. */
export function isTracking(subscription: string): boolean {
  return subscription === '*' || !isFactPattern(subscription);
}
