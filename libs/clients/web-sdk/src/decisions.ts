import type { EventSender } from './event-sender.js';
import type { HubClient } from './hub-client.js';
import type { DecideOptions, Decision } from './repartee.js';
import type { Session } from './session.js';
import type { Surroundings } from './surroundings.js';

const VISIBLE_SECONDS = 2;
const TIMEOUT_MS = 5000;

/** Asks the hub what to show. */
export class Decisions {
  constructor(
    private readonly anonymousId: () => string,
    private readonly session: Session,
    private readonly sender: EventSender,
    private readonly hub: HubClient,
    private readonly surroundings: Surroundings,
  ) {}

  async decide(options: DecideOptions): Promise<Decision> {
    const { zones, context, events, dialogueId, currency, visible, timeout = TIMEOUT_MS } = options;
    if (visible) await this.sender.flushVisible(visible === true ? VISIBLE_SECONDS : visible);
    const here = this.surroundings.context();
    const body = {
      identifiers: { anonymousId: this.anonymousId() },
      channel: 'web',
      zones: zones.map((zone) => (typeof zone === 'string' ? { zone } : zone)),
      context: context ?? {},
      locale: text(here['locale']),
      timeZone: text(here['timezone']),
      currency,
      dialogueId,
      events: events?.map((event) => this.complete(event)),
    };
    return this.session.with((authorization) =>
      this.hub.post<Decision>({ path: '/v1/decisions', body, authorization, timeout }),
    );
  }

  private complete(event: Record<string, unknown>): Record<string, unknown> {
    return {
      type: 'track',
      messageId: this.surroundings.newId(),
      anonymousId: this.anonymousId(),
      timestamp: new Date(this.surroundings.now()).toISOString(),
      ...event,
    };
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}
