import { Injectable } from '@nestjs/common';

/** Why marketing messages to a person wait, and until when; milliseconds since the epoch. */
export interface SendHold {
  reason: string;
  until: number;
}

/** Something that is going on with people, so that messages wait: a call. Asked at the moment of sending. */
export abstract class SendHoldSource {
  constructor(holds: SendHolds) {
    holds.register(this);
  }

  /** @returns by profile id; nothing for most */
  abstract holds(profileIds: readonly string[]): Promise<ReadonlyMap<string, SendHold>>;
}

/** All reasons outside of delivery for which messages to people wait. */
@Injectable()
export class SendHolds {
  private readonly sources: SendHoldSource[] = [];

  register(source: SendHoldSource): void {
    this.sources.push(source);
  }

  /** Of several holds the longest counts. */
  async of(profileIds: readonly string[]): Promise<ReadonlyMap<string, SendHold>> {
    const found = new Map<string, SendHold>();
    for (const source of this.sources)
      for (const [id, hold] of await source.holds(profileIds))
        if (hold.until > (found.get(id)?.until ?? 0)) found.set(id, hold);
    return found;
  }
}
