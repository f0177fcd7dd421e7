import { Inject, Injectable } from '@nestjs/common';
import { Dialogues } from '@repartee/dialogue';
import { currentDialogue } from '@repartee/dialogue/domain';
import type { CallRecord } from '@repartee/engagement';
import { Classifications } from '@repartee/governance';
import { Clock } from '@repartee/platform';
import { type CachedProfile, Profiles, Timeline } from '@repartee/profile';
import type { Pop, Talk } from './desk-schemas.js';
import { journeyOf } from './journey.js';
import { PersonCards } from './person-cards.js';
import { SeenOffers } from './seen-offers.js';

const JOURNEY = 40;
const TALKS = 4;
const TURNS = 8;
/** Members of what was said that are words of people. */
const WORDS = ['text', 'note', 'subject', 'media'];

/** Gathers what an agent has to know when somebody calls, in one look at the database. */
@Injectable()
export class ScreenPop {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(PersonCards) private readonly cards: PersonCards,
    @Inject(SeenOffers) private readonly seen: SeenOffers,
    @Inject(Classifications) private readonly classifications: Classifications,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Of a call: until somebody is verified, personal data is hidden. */
  async ofCall({ profileId, candidates, verified }: CallRecord): Promise<Pop> {
    const [pop, others] = await Promise.all([
      this.of(profileId, verified === 'none'),
      this.cards.candidates(candidates),
    ]);
    return { ...pop, candidates: others };
  }

  async of(profileId: string | null, masked: boolean): Promise<Pop> {
    const found = profileId === null ? undefined : await this.profiles.findById(profileId);
    if (!found) return { person: null, candidates: [], seen: [], talks: [], journey: [] };
    const { record } = found;
    const [page, talks] = await Promise.all([
      this.timeline.read(record.family, { limit: JOURNEY }),
      this.talks(found, masked),
    ]);
    return {
      person: this.cards.of(record, masked),
      candidates: [],
      seen: this.seen.of(page.items, found.view, masked),
      talks,
      journey: journeyOf(page.items, masked, this.classifications.current),
    };
  }

  /** A page of what happened; with `q`, where these words stand: of nobody who is not verified. */
  async journey(profileId: string, page: { cursor?: string; limit: number; q?: string }, masked: boolean) {
    const found = await this.profiles.findById(profileId);
    if (!found || (masked && page.q !== undefined)) return { items: [], nextCursor: null };
    const { items, nextCursor } = await this.timeline.read(found.record.family, page);
    return { items: journeyOf(items, masked, this.classifications.current), nextCursor };
  }

  /** A conversation with its words. */
  async talk(id: string): Promise<Talk | undefined> {
    const found = await this.dialogues.find(id);
    if (!found) return undefined;
    const { openedAt, lastTurnAt, turns } = found;
    return {
      id,
      openedAt,
      lastTurnAt,
      open: true,
      turns: turns
        .slice(-3 * TURNS)
        .map((turn) => ({ ...turn, said: (turn.said ?? {}) as Talk['turns'][0]['said'] })),
    };
  }

  private async talks({ record }: CachedProfile, masked: boolean): Promise<Talk[]> {
    const open = currentDialogue(record.dialogue, this.clock.now());
    const found = await this.dialogues.ofPeople(record.family, { dialogues: TALKS, turns: TURNS });
    return found.map(({ id, openedAt, lastTurnAt, turns }) => ({
      id,
      openedAt,
      lastTurnAt,
      open: id === open,
      turns: turns.map(({ said, ...turn }) => ({
        ...turn,
        said: Object.fromEntries(
          Object.entries((said ?? {}) as Record<string, unknown>).filter(
            ([name]) => !masked || !WORDS.includes(name),
          ),
        ),
      })),
    }));
  }
}
