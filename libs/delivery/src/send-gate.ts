import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '@repartee/platform';
import type { ChannelConnector } from './connector-gateway.js';
import { type Departure, Departures } from './departures.js';
import { Ledger } from './persistence/ledger.js';
import { Pauses } from './persistence/pauses.js';
import { Recipients } from './recipients.js';
import { type HeldBack, Settlements } from './settlements.js';
import { type Started, StartedAttempts } from './started-attempts.js';

/** A delivery, and whom it is for. */
export interface Addressed {
  id: string;
  profileId: string;
}

/** How long a message waits that the gate could not judge, in milliseconds. */
const ASIDE = 60_000;

/**
 * The one way out. Messages leave after the gate has passed them and *attempt started* is durable, many with one commit.
 * Turns are taken before, so that nothing waits between the gate and the connector.
 */
@Injectable()
export class SendGate {
  private readonly logger = new Logger(SendGate.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Pauses) private readonly pauses: Pauses,
    @Inject(Recipients) private readonly recipients: Recipients,
    @Inject(Departures) private readonly departures: Departures,
    @Inject(StartedAttempts) private readonly started: StartedAttempts,
    @Inject(Settlements) private readonly settlements: Settlements,
  ) {}

  /**
   * Lets those of the messages go that may. One that cannot be judged steps aside and does not hold up the others.
   * @param connector undefined when none serves their channel
   */
  async pass(waiting: readonly Addressed[], connector: ChannelConnector | undefined): Promise<Started[]> {
    try {
      return await this.together(waiting, connector);
    } catch (error) {
      if (waiting.length > 1) {
        const started: Started[] = [];
        for (const one of waiting) started.push(...(await this.pass([one], connector)));
        return started;
      }
      const ids = waiting.map(({ id }) => id);
      this.logger.error(`delivery ${ids.join()} cannot be judged: ${String(error)}`);
      await this.settlements.stepAside(ids, ASIDE);
      return [];
    }
  }

  private async together(
    waiting: readonly Addressed[],
    connector: ChannelConnector | undefined,
  ): Promise<Started[]> {
    const recipientOf = await this.recipients.find(
      waiting.map(({ profileId }) => profileId),
      connector,
    );
    return this.database.transaction(async (tx) => {
      const locked = await this.ledger.lockPlanned(
        tx,
        waiting.map(({ id }) => id),
      );
      const pauses = await this.pauses.list(tx);
      const departures: Departure[] = [];
      const held: HeldBack[] = [];
      for (const delivery of locked) {
        const recipient = recipientOf(delivery.profileId);
        // It went over to somebody else just now: next time.
        if (!recipient) continue;
        const found = await this.departures.check(tx, delivery, { recipient, connector, pauses });
        if ('held' in found) held.push({ delivery, verdict: found.held });
        else departures.push(found);
      }
      await this.settlements.holdBack(tx, held);
      return connector ? this.started.start(tx, departures, connector) : [];
    });
  }
}
