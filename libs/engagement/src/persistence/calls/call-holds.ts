import { Inject, Injectable } from '@nestjs/common';
import { type SendHold, SendHolds, SendHoldSource } from '@repartee/delivery';
import { Clock } from '@repartee/platform';
import { CallStore } from './call-store.js';

/** Milliseconds after which a message looks again whether the call is over. */
const LOOK_AGAIN = 15_000;

/** While somebody is on the phone with us, and for a while after, nothing else reaches them. */
@Injectable()
export class CallHolds extends SendHoldSource {
  constructor(
    @Inject(SendHolds) holds: SendHolds,
    @Inject(CallStore) private readonly calls: CallStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    super(holds);
  }

  override async holds(profileIds: readonly string[]): Promise<ReadonlyMap<string, SendHold>> {
    const found = await this.calls.holds(profileIds);
    return new Map(
      [...found].map(([id, { until, live }]): [string, SendHold] => [
        id,
        live
          ? { reason: 'the person is on the phone', until: this.clock.now() + LOOK_AGAIN }
          : { reason: 'the person was on the phone', until },
      ]),
    );
  }
}
