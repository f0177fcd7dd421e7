import { Inject, Injectable } from '@nestjs/common';
import { PersonStandings } from '@repartee/governance';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import { GoldenRecords, type ProfileBatch, Timeline, TraitBooks } from '@repartee/profile';
import { mayUseProfile } from '@repartee/profile/domain';
import { Detection } from '../detection.js';
import { type Move, movesBetween } from '../domain/segment-changes.js';

/** What reactions start on, by what happened. */
const EVENTS = { entered: 'Segment Entered', left: 'Segment Left' } as const;

/** Somebody entered or left a segment. */
interface Change extends Move {
  id: string;
  type: keyof typeof EVENTS;
  /** Milliseconds since the epoch. */
  at: number;
}

/** Who is in which segment, as it was found last: for sizes, lists, and to tell who enters and leaves. */
@Injectable()
export class SegmentMembers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Detection) private readonly detection: Detection,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(GoldenRecords) private readonly records: GoldenRecords,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
  ) {}

  /**
   * Notes which segments some of a batch's people are in, and tells who has entered or left one. A segment that is new is
   * filled without a word: nobody did anything. Who does not want to be profiled is in none.
   * @param isNews of whom to tell
   */
  async settle(
    tx: Transaction,
    batch: ProfileBatch,
    profileIds: readonly string[],
    isNews: (profileId: string) => boolean = () => true,
  ): Promise<void> {
    if (profileIds.length === 0 || this.books.current.segments.length === 0) return;
    const people = profileIds.map((profileId) => {
      const record = batch.draft(profileId);
      const used = mayUseProfile(this.standings.recall(record.family), record);
      return { profileId, segments: used ? this.records.view(record).segments : [] };
    });
    const { entered, left } = movesBetween(await this.held(tx, profileIds), people);
    if (entered.length + left.length === 0) return;
    const at = this.clock.now();
    await this.add(tx, entered, new Date(at));
    await this.remove(tx, left);
    const changes = (moves: Move[], type: Change['type']): Change[] =>
      moves.filter(({ profileId }) => isNews(profileId)).map((move) => ({ ...move, id: newId(), type, at }));
    await this.tell(tx, batch, [...changes(entered, 'entered'), ...changes(left, 'left')]);
  }

  /** Revision of the trait book since which nothing has changed of what people are judged by, but their own doing. */
  get judgedBy(): number {
    const { needed, segments } = this.books.current;
    return Math.max(needed, ...segments.map(({ revision }) => revision));
  }

  /**
   * Whether everybody has been asked for a segment since its rule changed, or traits were computed anew.
   * @param complete revision of the trait book of which everybody was asked
   */
  isComplete({ revision }: { revision: number }, complete: number): boolean {
    return Math.max(revision, this.books.current.needed) <= complete;
  }

  /** How many people each segment has. */
  async sizes(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ segment: string; members: string }>(
      'SELECT segment, count(*) AS members FROM segment_member GROUP BY segment',
    );
    return new Map(rows.map(({ segment, members }) => [segment, Number(members)]));
  }

  /** The people of a segment in the order of their ids, after one of them. */
  async list(segment: string, after: string | undefined, limit: number) {
    const rows = await this.database.query<{ profileId: string; enteredAt: Date }>(
      `SELECT profile_id AS "profileId", entered_at AS "enteredAt" FROM segment_member
        WHERE segment = $1 AND ($2::uuid IS NULL OR profile_id > $2) ORDER BY profile_id LIMIT $3`,
      [segment, after ?? null, limit],
    );
    return rows.map(({ profileId, enteredAt }) => ({ profileId, enteredAt: enteredAt.toISOString() }));
  }

  /** Forgets the members of segments that are no more. */
  async tidy(connection: Pick<Transaction, 'query'> = this.database): Promise<void> {
    const keys = this.books.current.segments.map(({ key }) => key);
    await connection.query('DELETE FROM segment_member WHERE NOT segment = ANY($1)', [keys]);
  }

  private async held(tx: Transaction, profileIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await tx.query<{ profileId: string; segments: string[] }>(
      `SELECT profile_id AS "profileId", array_agg(segment) AS segments FROM segment_member
        WHERE profile_id = ANY($1::uuid[]) GROUP BY profile_id`,
      [profileIds],
      'segment.held',
    );
    return new Map(rows.map(({ profileId, segments }) => [profileId, segments]));
  }

  private async add(tx: Transaction, moves: readonly Move[], at: Date): Promise<void> {
    if (moves.length === 0) return;
    await tx.query(
      `INSERT INTO segment_member (profile_id, segment, entered_at)
       SELECT profile_id, segment, $3 FROM unnest($1::uuid[], $2::text[]) AS m (profile_id, segment)
       ON CONFLICT DO NOTHING`,
      [moves.map(({ profileId }) => profileId), moves.map(({ segment }) => segment), at],
      'segment.enter',
    );
  }

  private async remove(tx: Transaction, moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    await tx.query(
      `DELETE FROM segment_member s USING unnest($1::uuid[], $2::text[]) AS m (profile_id, segment)
        WHERE s.profile_id = m.profile_id AND s.segment = m.segment`,
      [moves.map(({ profileId }) => profileId), moves.map(({ segment }) => segment)],
      'segment.leave',
    );
  }

  /** On the timeline, to whoever hears facts, and to reactions. */
  private async tell(tx: Transaction, batch: ProfileBatch, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    const told = await this.toldOf(tx);
    const news = changes.filter(({ segment }) => told.has(segment));
    if (news.length === 0) return;
    await this.timeline.append(
      tx,
      news.map(({ profileId, segment, id, type, at }) => ({
        profileId,
        at,
        id,
        kind: 'segment' as const,
        data: { type, segment },
      })),
    );
    await this.detection.observe(
      tx,
      news.map(({ profileId, segment, id, type, at }) => ({
        eventId: id,
        name: EVENTS[type],
        occurredAt: at,
        properties: { segment },
        context: {},
        age: 0,
        imported: false,
        traceparent: null,
        profileId,
        profile: () => this.records.view(batch.draft(profileId)),
      })),
    );
  }

  /** The segments of which everybody has been asked since they were written. */
  private async toldOf(tx: Transaction): Promise<ReadonlySet<string>> {
    const [walk] = await tx.query<{ complete: string }>(
      'SELECT complete FROM segment_walk',
      [],
      'segment.complete',
    );
    const { segments } = this.books.current;
    const asked = segments.filter((segment) => this.isComplete(segment, Number(walk?.complete)));
    return new Set(asked.map(({ key }) => key));
  }
}
