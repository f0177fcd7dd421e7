import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { firstIdAt, timeOfId } from '@repartee/engagement/domain';
import { Database, Housekeeping } from '@repartee/platform';
import { wantsSql } from './event-types.js';
import { MessageStore } from './message-store.js';
import { WebhookLanes } from './webhook-lanes.js';

const TYPE = 'decision.made';
const LOOK = 1000;
/** Milliseconds that a look goes back: receipts become visible in the order of commits, not of ids. */
const SHORT = 10_000;
const LONG = 15 * 60_000;
/** Every so many looks, and the first, goes back the long way. */
const LONG_EVERY = 60;
const PAGE = 1000;
/** One process looks at a time. */
const LOCK = 7_261_302;

const UNTOLD = `
  SELECT r.id, r.at, r.profile_id AS "profileId" FROM decision_receipt r
  WHERE r.id >= $1 AND EXISTS (
    SELECT 1 FROM webhook_endpoint e
    WHERE e.enabled AND ${wantsSql('e', `'${TYPE}'`)} AND r.at >= e.created_at
      AND NOT EXISTS (SELECT 1 FROM webhook_message m WHERE m.id = r.id AND m.endpoint_id = e.id))
  ORDER BY r.id LIMIT ${PAGE}`;

interface Decision {
  id: string;
  at: Date;
  profileId: string | null;
}

/**
 * Tells of decisions, by their receipts: decisions are too many and too fast to be announced one by one. Nothing is read
 * while nobody wants to hear of them.
 */
@Injectable()
export class HearDecisions implements OnApplicationBootstrap {
  private looks = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(WebhookLanes) private readonly lanes: WebhookLanes,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  onApplicationBootstrap(): void {
    this.housekeeping.every(LOOK, 'telling of decisions', () => this.look());
  }

  private async look(): Promise<void> {
    if (!this.lanes.isWanted(TYPE)) return;
    const long = this.looks % LONG_EVERY === 0;
    this.looks += 1;
    const from = firstIdAt(long ? await this.longAgo() : Date.now() - SHORT);
    await this.database.transaction(async (tx) => {
      const [mine] = await tx.query<{ locked: boolean }>(
        `SELECT pg_try_advisory_xact_lock(${LOCK}) AS locked`,
      );
      if (mine?.locked) await this.tell(from);
    });
  }

  /** Before what was told last: what came while no process ran, or was long on its way. */
  private async longAgo(): Promise<number> {
    const [last] = await this.database.query<{ id: string }>(
      'SELECT id FROM webhook_message WHERE type = $1 ORDER BY id DESC LIMIT 1',
      [TYPE],
    );
    return Math.min(Date.now(), last ? timeOfId(last.id) : Infinity) - LONG;
  }

  private async tell(from: string): Promise<void> {
    for (let found = PAGE; found === PAGE;) {
      const decisions = await this.database.query<Decision>(UNTOLD, [from]);
      found = decisions.length;
      await this.messages.add(
        this.database,
        decisions.map(({ id, at, profileId }) => ({
          ...{ id, type: TYPE, subject: profileId ?? id, at: at.getTime() },
          data: { decisionId: id, profileId },
        })),
      );
      if (found > 0) this.lanes.ring();
    }
  }
}
