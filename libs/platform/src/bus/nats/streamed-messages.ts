import { jetstreamManager, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { TravellingMessages, type TravellingMessage } from '../travelling-messages.js';
import type { NatsLink } from './nats-link.js';
import { PREFIX, STREAM } from './subjects.js';

/** Messages in the stream, those in the hands of workers too. */
export class StreamedMessages extends TravellingMessages {
  constructor(private readonly link: Pick<NatsLink, 'up'>) {
    super();
  }

  override async *list(): AsyncIterable<TravellingMessage> {
    const manager = await this.manager();
    for (let seq = 1; ;) {
      const next = { seq, next_by_subj: `${PREFIX}>` };
      const stored = await manager.streams.getMessage(STREAM, next);
      if (!stored) return;
      seq = stored.seq + 1;
      const message = read(stored);
      if (message) yield message;
    }
  }

  override async remove(keys: readonly number[]): Promise<void> {
    if (keys.length === 0) return;
    const manager = await this.manager();
    for (const key of keys) {
      // Handled meanwhile.
      if (!(await manager.streams.getMessage(STREAM, { seq: key }))) continue;
      await manager.streams.deleteMessage(STREAM, key);
    }
  }

  private manager(): Promise<JetStreamManager> {
    if (!this.link.up) throw new Error('NATS is away, and messages are in its stream');
    return jetstreamManager(this.link.up, { checkAPI: false });
  }
}

/** What is no JSON is about to become a dead letter, where it is found again. */
function read(stored: StoredMsg): TravellingMessage | undefined {
  try {
    const event = stored.json<TravellingMessage['event'] | null>();
    return event ? { key: stored.seq, type: stored.subject.slice(PREFIX.length), event } : undefined;
  } catch {
    return undefined;
  }
}
