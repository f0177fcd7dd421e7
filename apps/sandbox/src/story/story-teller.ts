import type { CallBook } from '../calls/call-book.js';
import type { HubClock } from '../clock/hub-clock.js';
import type { HubLink } from '../hub/hub-link.js';
import type { MessageBook } from '../twilio/message-book.js';
import { stepsOf, type Story, type StoryEntry } from './story.js';

/** Ann, as the demonstration's shop introduces her. */
const ANN = { name: 'Ann Lee', email: 'ann@fieldnote.example', phone: '+12065550142' };
const ENTRIES = 200;

/** Where the parts of the outside world are that the story looks at. */
export interface StoryWorld {
  hub: HubLink;
  clock: HubClock;
  calls: CallBook;
  texts: MessageBook;
}

/** Tells how far the guided story is: by what really happened, at the hub and out here. */
export class StoryTeller {
  /** Business time; and the system's, by which texts and calls are dated here. Milliseconds since the epoch. */
  private since = { hub: 0, here: 0 };

  constructor(
    private readonly world: StoryWorld,
    private readonly now: () => number,
  ) {}

  /** What happened until now no longer counts. */
  async begin(): Promise<void> {
    this.since = { hub: await this.world.clock.now(), here: this.now() };
  }

  async tell(): Promise<Story> {
    const { hub, calls, texts } = this.world;
    const path = `/v1/profiles/${encodeURIComponent(`email:${ANN.email}`)}/timeline?limit=${ENTRIES}`;
    const found = await hub.find<{ items: StoryEntry[] }>(path);
    const steps = stepsOf({
      entries: (found?.items ?? []).filter(({ at }) => Date.parse(at) >= this.since.hub),
      texts: texts
        .conversation(ANN.phone)
        .filter(({ direction, createdAt }) => direction !== 'inbound' && createdAt >= this.since.here)
        .map(({ body }) => body),
      calls: calls
        .list()
        .filter(({ number, startedAt }) => number === ANN.phone && startedAt >= this.since.here),
    });
    return { since: new Date(this.since.hub).toISOString(), person: ANN, steps };
  }
}
