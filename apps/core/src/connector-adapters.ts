import type { ConnectorHost, ConnectorSummary } from '@repartee/connector-host';
import {
  type Action,
  type Attempt,
  type CompiledContent,
  type Outcome,
  type Result,
} from '@repartee/contracts';
import { type ContentData, ContentRenderer } from '@repartee/decisioning';
import { type ChannelConnector, ConnectorGateway } from '@repartee/delivery';
import { type OutsideAnswer, OutsideHolders } from '@repartee/governance';
import type { DataSubject } from '@repartee/governance/domain';
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
}

/** Ties delivery's way out to the connectors. */
export class HostConnectorGateway extends ConnectorGateway {
  private readonly byName: ReadonlyMap<string, ChannelConnector>;

  constructor(private readonly host: ConnectorHost) {
    super();
    this.byName = new Map(host.describe().map((connector) => [connector.name, channelConnector(connector)]));
  }

  connectorFor(channel: string): ChannelConnector | undefined {
    return this.byName.get(this.host.connectorFor(channel) ?? '');
  }

  deliver(connector: string, action: Action): Promise<Outcome> {
    return this.host.deliver(connector, action, { attemptId: action.attemptId });
  }

  reconcile(connector: string, attempt: Attempt): Promise<Outcome> {
    return this.host.reconcile(connector, attempt);
  }
}

/** Ties erasure to the providers behind the connectors. */
export class ConnectorOutsideHolders extends OutsideHolders {
  constructor(private readonly host: ConnectorHost) {
    super();
  }

  async forget(
    { profileIds, identifiers }: DataSubject,
    except: ReadonlySet<string>,
  ): Promise<OutsideAnswer[]> {
    const [subjectId = ''] = profileIds;
    const addresses = identifiers.map(({ value }) => value);
    const answers = await this.host.forget({ subjectId, addresses }, (name) => !except.has(scopeOf(name)));
    return answers.map(({ connector, ...answer }) => ({ scope: scopeOf(connector), ...answer }));
  }
}

function scopeOf(connector: string): string {
  return `connector:${connector}`;
}

function channelConnector({ name, channel, capabilities }: ConnectorSummary): ChannelConnector {
  // A channel reaches people by identifiers of its own name, as `email`.
  return { name, addressNamespace: channel, canReconcile: capabilities.reconcile === 'query' };
}
