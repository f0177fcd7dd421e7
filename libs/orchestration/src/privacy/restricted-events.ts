import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PersonStandings } from '@repartee/governance';
import { MergeParticipant, MergeParticipants, type ProfileSplit } from '@repartee/identity';
import { identifiersOf, keyOf } from '@repartee/identity/domain';
import { HeldEvents } from '@repartee/ingestion';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import { Database, Housekeeping, type Transaction } from '@repartee/platform';
import { statedProfile } from '../process-event/identity-event.js';

/** Milliseconds between looks for events that are held back for nothing: of a moment at which a restriction ended. */
const LOOK = 5_000;
const DESK: ReadonlySet<string> = new Set(['edit', 'consent', 'note']);
const OPT_OUT = /\bUnsubscribed$/;

/**
 * What is said at the desk is no use of data but care for it: it may be what the restriction was asked for. A person's
 * no is heard at once.
 */
function isCare({ type, name }: LoggedEvent): boolean {
  return DESK.has(type) || OPT_OUT.test(name ?? '');
}

interface Owner {
  key: string;
  profile_id: string;
  family: string[];
}

/**
 * Keeps what comes of somebody whose processing is restricted (GDPR article 18) in the log, and out of everything that
 * is made of it, until the restriction is lifted. An event is theirs if the strongest of its identifiers that anybody
 * owns is: on their device somebody else may speak.
 */
@Injectable()
export class RestrictedEvents extends MergeParticipant implements OnModuleInit {
  readonly scope = 'restriction';

  constructor(
    @Inject(MergeParticipants) participants: MergeParticipants,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(HeldEvents) private readonly held: HeldEvents,
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {
    super(participants);
  }

  onModuleInit(): void {
    this.housekeeping.every(LOOK, 'freeing events that were held back', () => this.free());
  }

  /** Holds back what must not be used. @returns the other events */
  async screen(tx: Transaction, events: LoggedEvent[]): Promise<LoggedEvent[]> {
    if (this.standings.nobodyRestricted) return events;
    const subjects = await this.subjects(tx, events);
    const theirs = events.flatMap((event, index) => {
      const profileId = isCare(event) ? undefined : subjects[index];
      return profileId === undefined ? [] : [{ event, profileId }];
    });
    if (theirs.length === 0) return events;
    await this.held.hold(tx, theirs);
    const gone = new Set(theirs.map(({ event }) => event));
    return events.filter((event) => !gone.has(event));
  }

  override preview(): Promise<Record<string, number>> {
    return Promise.resolve({});
  }

  override merge(): Promise<void> {
    return Promise.resolve();
  }

  /** Whose each event is now, is asked again. */
  override split(tx: Transaction, { from }: ProfileSplit): Promise<void> {
    return this.held.release(tx, [from]);
  }

  /** The restricted profile that each event is about, if it is about one. */
  private async subjects(tx: Transaction, events: LoggedEvent[]): Promise<(string | undefined)[]> {
    const keys = events.map((event) => {
      const stated = statedProfile(event);
      return stated === undefined ? identifiersOf(event).map(keyOf) : [stated];
    });
    const owners = new Map<string, string | null>();
    for (const { key, profile_id, family } of await this.owners(tx, [...new Set(keys.flat())]))
      owners.set(key, this.standings.recall([profile_id, ...family]).restricted ? profile_id : null);
    return keys.map((own) => {
      const owned = own.find((key) => owners.has(key));
      return owned === undefined ? undefined : (owners.get(owned) ?? undefined);
    });
  }

  /** Who owns each key, an identifier or the id of a profile, with the ids that were merged into them. */
  private owners(tx: Pick<Transaction, 'query'>, keys: string[]): Promise<Owner[]> {
    return tx.query<Owner>(
      `WITH wanted AS MATERIALIZED (SELECT unnest($1::text[]) AS key), named AS (
         SELECT DISTINCT ON (key) key, held.profile_id FROM wanted
         JOIN identifier held ON held.namespace = split_part(key, ':', 1)
           AND held.value = substr(key, strpos(key, ':') + 1)
         WHERE held.profile_id IS NOT NULL ORDER BY key, held.since DESC
       ), stated AS (
         SELECT key, coalesce(gone.survivor_id, id) AS profile_id
         FROM (SELECT key, CASE WHEN strpos(key, ':') = 0 THEN key::uuid END AS id FROM wanted) AS ids
         LEFT JOIN profile_alias gone ON gone.merged_id = id WHERE id IS NOT NULL
       )
       SELECT key, profile_id, ARRAY(SELECT merged_id FROM profile_alias a WHERE a.survivor_id = profile_id) AS family
       FROM (SELECT * FROM named UNION ALL SELECT * FROM stated) AS owned`,
      [keys],
      'restriction.owners',
    );
  }

  private async free(): Promise<void> {
    const profileIds = await this.held.profiles();
    if (profileIds.length === 0) return;
    const owned = await this.owners(this.database, profileIds);
    const free = owned.filter(
      ({ profile_id, family }) => !this.standings.recall([profile_id, ...family]).restricted,
    );
    if (free.length > 0)
      await this.held.release(
        this.database,
        free.map(({ key }) => key),
      );
  }
}
