import { Inject, Injectable } from '@nestjs/common';
import type { Attempt, ConnectorQuestion, Outcome } from '@repartee/contracts';
import { Bus, Database } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { ActionFactory } from './action-factory.js';
import { type ChannelConnector, ConnectorGateway } from './connector-gateway.js';
import { Ledger } from './persistence/ledger.js';

/** How far back other messages to the person may be taken for this one. Milliseconds. */
const MONTH = 31 * 24 * 3_600_000;

/** Asks providers what became of attempts. */
@Injectable()
export class Enquiries {
  constructor(
    @Inject(ConnectorGateway) private readonly gateway: ConnectorGateway,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(ActionFactory) private readonly actions: ActionFactory,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @returns undefined where a process of its own is asked: it answers over the bus */
  async ask({ name, remote }: ChannelConnector, kept: Attempt): Promise<Outcome | undefined> {
    const attempt = await this.recalled(kept);
    if (!remote) return this.gateway.reconcile(name, attempt);
    const data: ConnectorQuestion = { attempt };
    const message = { type: `connector.${name}.reconcile`, subject: attempt.attemptId, data };
    await this.database.transaction((tx) => this.bus.publish(tx, [message]));
    return undefined;
  }

  /** The ledger keeps to whom and when, not what was said; that is said again, by what is known of the person today. */
  private async recalled(attempt: Attempt): Promise<Attempt> {
    const delivery = await this.ledger.find(attempt.deliveryId);
    const profile = delivery && (await this.profiles.findById(delivery.profileId));
    if (!profile) return attempt;
    const since = new Date(Date.parse(attempt.startedAt) - MONTH);
    const otherIds = await this.ledger.otherProviderIds(profile.record.family, delivery.id, since);
    const words = this.actions.words(delivery, profile.view, attempt.action.links);
    return { ...attempt, action: { ...attempt.action, ...words }, otherIds };
  }
}
