import { Inject, Injectable, Logger } from '@nestjs/common';
import { type EventStream, OVERLAP } from '@repartee/engagement';
import { firstIdAt, type Position, timeOfId, writePosition } from '@repartee/engagement/domain';
import { PAGE, type TopicEvent, type TopicName, Topics } from './topics.js';

/** Lets one reader follow topics, from now on or from where it was. */
@Injectable()
export class FollowTopics {
  private readonly logger = new Logger(FollowTopics.name);

  constructor(@Inject(Topics) private readonly topics: Topics) {}

  /** Where a reader stands from now on: a topic of which it never heard yet is missed from here, too. */
  standing(topics: readonly TopicName[], position: Position): Map<string, string> {
    const now = firstIdAt(Date.now());
    return new Map([...topics.map((topic): [string, string] => [topic, now]), ...position]);
  }

  /** @param reached the reader's standing, which goes on with what it hears */
  begin(
    stream: EventStream,
    topics: readonly TopicName[],
    position: Position,
    reached: Map<string, string>,
  ): void {
    for (const topic of topics) this.follow(stream, topic, position.get(topic), reached);
  }

  /** @param last what the reader heard before; undefined: it begins now */
  private follow(
    stream: EventStream,
    topic: TopicName,
    last: string | undefined,
    reached: Map<string, string>,
  ): void {
    const send = (item: TopicEvent) => {
      if (item.id > (reached.get(topic) ?? '')) reached.set(topic, item.id);
      stream.send({ event: topic, id: writePosition(reached), data: item.data });
    };
    // What comes while the past is still being read waits for its turn.
    let waiting: TopicEvent[] | undefined = last === undefined ? undefined : [];
    const stop = this.topics.tail(topic).follow((items) => {
      if (waiting) waiting.push(...items);
      else for (const item of items) send(item);
      if (items.length === PAGE) stream.send({ event: 'gap', data: { topic } });
    });
    stream.once('close', stop);
    if (last === undefined) return;
    this.past(topic, last).then(
      (items) => {
        if (items.length === PAGE) stream.send({ event: 'gap', data: { topic } });
        const ids = new Set(items.map(({ id }) => id));
        for (const item of [...items, ...(waiting ?? []).filter(({ id }) => !ids.has(id))]) send(item);
        waiting = undefined;
      },
      (error: unknown) => {
        this.logger.warn(`the past of ${topic} cannot be read: ${String(error)}`);
        stream.bye('try again', 1000);
      },
    );
  }

  /** Behind an id, and a little before: what was under way to its commit then may have been missed. */
  private async past(topic: TopicName, last: string): Promise<TopicEvent[]> {
    const items = await this.topics.read(topic, firstIdAt(timeOfId(last) - OVERLAP));
    return items.filter(({ id }) => id !== last);
  }
}
