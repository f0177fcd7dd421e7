import {
  type ConnectorHost,
  type ConnectorReports,
  type ConnectorSummary,
  DEFAULT_CONCURRENCY,
  DEFAULT_TIME_LIMIT,
  senderOf,
  estimateOf,
  previewContent,
} from '@repartee/connector-host';
import {
  type Action,
  type Attempt,
  type CompiledContent,
  ok,
  type Outcome,
  type PolledFacts,
  type RawRequest,
  type Result,
} from '@repartee/contracts';
import type { Estimate } from '@repartee/connector-sdk';
import {
  type ContentData,
  type ContentEstimate,
  type ContentPreview,
  ContentRenderer,
} from '@repartee/decisioning';
import {
  type ChannelConnector,
  type ConnectorCard,
  ConnectorDirectory,
  ConnectorGateway,
  type SessionPresenter,
  type FactSource,
  FactSources,
  type Heard,
  type Turns,
} from '@repartee/delivery';
import { type OutsideAnswer, OutsideHolders } from '@repartee/governance';
import { type DataSubject, valuesOf } from '@repartee/governance/domain';
import { connectors } from './connectors.registry.js';

/** Channels that ask for content within a session; the others render when they send. */
const presenting = new Set<string>(
  connectors.filter((connector) => connector.present).map(({ channel }) => channel),
);

/** Ties decisioning's content to the connectors. */
export class ConnectorContentRenderer extends ContentRenderer {
  constructor(private readonly host: ConnectorHost) {
    super();
  }

  compile(channel: string, content: Record<string, unknown>): Promise<Result<CompiledContent>> {
    return this.host.compile(channel, content);
  }

  render(channel: string, content: CompiledContent, data: ContentData): Record<string, unknown> {
    if (!presenting.has(channel)) return {};
    const rendered = this.host.render(channel, content, data);
    if (!rendered.ok) throw new Error(rendered.failure.detail);
    return rendered.value as Record<string, unknown>;
  }

  preview(channel: string, content: CompiledContent, data: Record<string, unknown>): Result<ContentPreview> {
    const shown = previewContent(this.host.writer(channel), channel, content, data);
    return shown.ok ? ok({ ...shown.value, estimate: plain(shown.value.estimate) }) : shown;
  }

  estimate(channel: string, content: CompiledContent): ContentEstimate | null {
    return plain(estimateOf(this.host.writer(channel), content));
  }
}

function plain(estimate: Estimate | null): ContentEstimate | null {
  return estimate && { ...estimate };
}

/** Ties delivery's way out to the connectors. */
export class HostConnectorGateway extends ConnectorGateway {
  private readonly byName: ReadonlyMap<string, ChannelConnector>;
  private presenter: SessionPresenter | undefined;

  /** @param remote connectors that run in processes of their own: name → attempts under way there at a time */
  constructor(
    private readonly host: ConnectorHost,
    remote: ReadonlyMap<string, number> = new Map(),
  ) {
    super();
    const able = host.describe().flatMap((one): ChannelConnector[] => {
      const connector = channelConnector(one, remote.get(one.name), () => senderOf(host, one.name));
      if (host.delivers(one.name)) return [connector];
      return presenting.has(one.channel) ? [{ ...connector, presents: true }] : [];
    });
    this.byName = new Map(able.map((one) => [one.name, one]));
  }

  usePresenter(presenter: SessionPresenter): void {
    this.presenter = presenter;
  }

  connectors(): readonly ChannelConnector[] {
    return [...this.byName.values()];
  }

  connectorsFor(channel: string): readonly ChannelConnector[] {
    const delivering = this.host.connectorsFor(channel).flatMap((name) => this.byName.get(name) ?? []);
    if (delivering.length > 0) return delivering;
    return this.connectors().filter((one) => one.channel === channel && one.presents);
  }

  turns(connector: string): Turns {
    const turns = this.host.turns(connector);
    if (!turns) throw new Error(`there is no connector ${connector}`);
    return turns;
  }

  async deliver(connector: string, action: Action, traceparent?: string): Promise<Outcome> {
    if (this.presenter && this.byName.get(connector)?.presents) {
      this.turns(connector).giveBack(1);
      return this.presenter.present(action);
    }
    return this.host.deliver(connector, action, {
      attemptId: action.attemptId,
      traceparent,
      holdsTurn: true,
    });
  }

  reconcile(connector: string, attempt: Attempt): Promise<Outcome> {
    return this.host.reconcile(connector, attempt);
  }

  stop(patience: number): Promise<void> {
    return this.host.drain(patience);
  }
}

/** Ties what providers report to the connectors that understand it. */
export class HostFactSources extends FactSources {
  private readonly byName: ReadonlyMap<string, FactSource>;

  constructor(
    private readonly host: ConnectorHost,
    private readonly reports: ConnectorReports,
  ) {
    super();
    this.byName = new Map(
      host.describe().map(({ name, channel, addressNamespace, polls }) => {
        return [name, { name, channel, addressNamespace, polls }];
      }),
    );
  }

  find(connector: string): FactSource | undefined {
    const source = this.byName.get(connector);
    // Without settings there is nowhere to look.
    return source && { ...source, polls: source.polls && this.host.runner(connector)?.configured === true };
  }

  polling(): FactSource[] {
    return [...this.byName.values()].filter(({ polls }) => polls);
  }

  receive(connector: string, raw: RawRequest): Promise<Result<Heard>> {
    return this.reports.receive(connector, raw);
  }

  poll(connector: string, cursor: string | undefined): Promise<PolledFacts> {
    return this.reports.poll(connector, cursor);
  }
}

/** Shows the connectors of this process. */
export class HostConnectorDirectory extends ConnectorDirectory {
  constructor(private readonly host: ConnectorHost) {
    super();
  }

  list(): ConnectorCard[] {
    const health = new Map(this.host.health().map((one) => [one.name, one]));
    return this.host.describe().map(({ form, settings: _settings, ...card }) => {
      const { status = 'not_configured', detail } = health.get(card.name) ?? {};
      return { ...card, settings: form, health: { status, ...(detail !== undefined && { detail }) } };
    });
  }

  check(name: string): Promise<Result<void>> {
    return this.host.checkSettings(name);
  }
}

/** Ties erasure to the providers behind the connectors. */
export class ConnectorOutsideHolders extends OutsideHolders {
  constructor(private readonly host: ConnectorHost) {
    super();
  }

  async forget(subject: DataSubject, except: ReadonlySet<string>): Promise<OutsideAnswer[]> {
    const [subjectId = ''] = subject.profileIds;
    const addresses = valuesOf(subject);
    const answers = await this.host.forget({ subjectId, addresses }, (name) => !except.has(scopeOf(name)));
    return answers.map(({ connector, ...answer }) => ({ scope: scopeOf(connector), ...answer }));
  }
}

function scopeOf(connector: string): string {
  return `connector:${connector}`;
}

function channelConnector(
  { name, channel, addressNamespace, capabilities, certification }: ConnectorSummary,
  inFlight: number | undefined,
  sender: () => string | undefined,
): ChannelConnector {
  const { reconcile, concurrency = DEFAULT_CONCURRENCY, timeLimit = DEFAULT_TIME_LIMIT } = capabilities;
  return {
    name,
    channel,
    addressNamespace,
    // Settings may change while we run.
    get sender() {
      return sender();
    },
    // What was not shown in the contract is not relied on: then unknown stays unknown.
    canReconcile: reconcile === 'query' && certification === 'certified',
    concurrency,
    timeLimit,
    ...(inFlight !== undefined && { remote: { inFlight } }),
  };
}
