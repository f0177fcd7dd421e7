import type { HubLink } from '../hub/hub-link.js';

/** What the hub says of business time. */
export interface HubTime {
  /** ISO 8601. */
  now: string;
  /** Milliseconds ahead of the system's time. */
  ahead: number;
  movable: boolean;
}

/** Business time, as the hub has it. */
export class HubClock {
  constructor(private readonly hub: HubLink) {}

  read(): Promise<HubTime> {
    return this.hub.call('GET', '/v1/clock');
  }

  /** @param by a duration as 90s, 1h30m or P30D */
  forward(by: string): Promise<HubTime> {
    return this.hub.call('POST', '/v1/clock/forward', { by });
  }

  /** Milliseconds since the epoch; the system's where the hub is away. */
  async now(): Promise<number> {
    const time = await this.read().catch(() => undefined);
    return Date.now() + (time?.ahead ?? 0);
  }
}
