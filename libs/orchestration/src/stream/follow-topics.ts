import { Inject, Injectable, Logger } from '@nestjs/common';
import { type EventStream, OVERLAP } from '@repartee/engagement';
import { firstIdAt, type Position, timeOfId, writePosition } from '@repartee/engagement/domain';
import { PAGE, type TopicEvent, type TopicName, Topics } from './topics.js';

/** Lets one reader follow topics, from now on or from where it was. */
@Injectable()
export class FollowTopics {
  private readonly logger = new Logger(FollowTopics.name);

  constructor(@Inject(Topics) private readonly topics: Topics) {}

  begin(stream: EventStream, topics: readonly TopicName[], position: Position): void {
    const reached = new Map(position);
    for (const topic of topics) this.follow(stream, topic, reached);
  }

  private follow(stream: EventStream, topic: TopicName, reached: Map<string, string>): void {
    const send = (item: TopicEvent) => {
      const last = reached.get(topic);
      if (last === undefined || item.id > last) reached.set(topic, item.id);
      stream.send({ event: topic, id: writePosition(reached), data: item.data });
    };
    const last = reached.get(topic);
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
