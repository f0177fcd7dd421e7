import type { CloudEvent } from '@repartee/contracts';

/** A message that left the outbox and is not handled yet. */
export interface TravellingMessage {
  /** Names it while it travels. */
  key: number;
  type: string;
  event: Pick<CloudEvent, 'subject' | 'data'>;
}

/** Messages that are in no table of ours, for those who must look through everything that is held. */
export abstract class TravellingMessages {
  /** All of them, oldest first. Reads each one: for rare occasions. Fails while the broker is away. */
  abstract list(): AsyncIterable<TravellingMessage>;

  /** Takes them out; what is gone already is none of the broker's business. */
  abstract remove(keys: readonly number[]): Promise<void>;
}

/** In PostgreSQL a message stays in its table until it is handled. */
export class NoTravellingMessages extends TravellingMessages {
  override async *list(): AsyncIterable<TravellingMessage> {}

  override async remove(): Promise<void> {}
}
