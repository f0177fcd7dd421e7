import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { CallBell, type TopicItem, TopicTail } from '@repartee/engagement';
import { timeOfId } from '@repartee/engagement/domain';
import { Clock, Database } from '@repartee/platform';

/** The newest of what happened between two looks; a topic that is busier than that says so. */
export const PAGE = 500;
/** Milliseconds between two looks at what is stored; an agent has said hello before half a second is over. */
const EVERY = 500;
/** A call of this process is told of at once. */
const EVERY_CALL = 50;
/** Milliseconds by which the clocks of two processes may differ. */
const SKEW = 1_000;

/** That something happened. What it was in full is asked for by its id, where the caller may. */
export interface TopicEvent extends TopicItem {
  data: Record<string, unknown>;
}

const EVENTS = `SELECT id, received_at AS at, source, type, name, message_id AS "messageId" FROM event_log
   WHERE received_at >= $2 AND id >= $1 AND type`;

/** Each reads what is kept anyway: nothing is written for a stream, and while nobody listens nothing is read. */
const QUERIES = {
  events: `${EVENTS} IN ('identify', 'track', 'page', 'screen', 'group', 'alias')`,
  responses: `${EVENTS} = 'response'`,
  decisions: `SELECT id AS "decisionId", id, at, profile_id AS "profileId" FROM decision_receipt
     WHERE id >= $1 AND $2::timestamptz IS NOT NULL`,
  deliveries: `SELECT id, at, profile_id AS "profileId", data FROM timeline_entry
     WHERE id >= $1 AND kind = 'delivery' AND $2::timestamptz IS NOT NULL`,
  calls: `SELECT change_id AS id, id AS "callId", status, queue, agent, profile_id AS "profileId", verified, version
     FROM call WHERE change_id >= $1 AND $2::timestamptz IS NOT NULL`,
  tasks: `SELECT change_id AS id, id AS "taskId", kind, state, queue, claimed_by AS agent, lease_until AS "claimedUntil",
       version FROM task WHERE change_id >= $1 AND $2::timestamptz IS NOT NULL`,
  // Of people who are on the phone: what a desk shows of them is no longer all.
  people: `SELECT id, profile_id AS "profileId", kind FROM timeline_entry
     WHERE id >= $1 AND profile_id IN (SELECT profile_id FROM call WHERE status <> 'ended' AND last_at >= $2::timestamptz - interval '4 hours')`,
  notices: `SELECT id, at, by, words FROM desk_notice WHERE id >= $1 AND $2::timestamptz IS NOT NULL`,
} as const;

/** What a caller must hold to follow a topic. */
const SCOPES: Readonly<Partial<Record<TopicName, string>>> = {
  people: 'calls:read',
  notices: 'tasks:read',
};
export const scopeOfTopic = (topic: TopicName): string => SCOPES[topic] ?? `${topic}:read`;

export const TOPICS = Object.keys(QUERIES) as (keyof typeof QUERIES)[];
export type TopicName = keyof typeof QUERIES;

/** The topics that servers and administrators may follow. */
@Injectable()
export class Topics {
  private readonly tails: Readonly<Record<TopicName, TopicTail<TopicEvent>>>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CallBell) calls: CallBell,
  ) {
    const tail = (topic: TopicName, every = EVERY) =>
      new TopicTail((from: string) => this.read(topic, from), every);
    this.tails = {
      events: tail('events'),
      responses: tail('responses'),
      decisions: tail('decisions'),
      deliveries: tail('deliveries'),
      calls: tail('calls', EVERY_CALL),
      tasks: tail('tasks'),
      people: tail('people'),
      notices: tail('notices'),
    };
    calls.onRing(() => this.tails.calls.ring());
  }

  tail(topic: TopicName): TopicTail<TopicEvent> {
    return this.tails[topic];
  }

  /** The newest items from an id on, at most {@link PAGE}, oldest first. */
  async read(topic: TopicName, fromId: string): Promise<TopicEvent[]> {
    const age = Date.now() - timeOfId(fromId) + SKEW;
    const rows = await this.database.query<TopicItem & Record<string, unknown>>(
      `SELECT * FROM (${QUERIES[topic]} ORDER BY id DESC LIMIT ${PAGE}) newest ORDER BY id`,
      [fromId, new Date(this.clock.now() - age)],
    );
    return rows.map(({ data, ...row }) => ({
      id: row.id,
      data: { ...row, ...(data as object | undefined) },
    }));
  }
}

/** Which of the wanted topics a key may follow: all of them, or none. */
export function chosenTopics(caller: Principal, wanted: string | undefined): Result<TopicName[]> {
  const names = [...new Set((wanted ?? '').split(',').filter(Boolean))];
  const unknown = names.find((name) => !TOPICS.includes(name as TopicName));
  if (unknown !== undefined || names.length === 0) {
    const detail = `Choose topics among ${TOPICS.join(', ')}`;
    return fail(failure('STREAM.UNKNOWN_TOPIC', detail));
  }
  const topics = names as TopicName[];
  const closed = topics
    .map(scopeOfTopic)
    .find((scope) => !caller.scopes.includes('*') && !caller.scopes.includes(scope));
  if (closed !== undefined)
    return fail(failure('STREAM.TOPIC_NOT_ALLOWED', `The caller lacks the scope ${closed}`));
  return ok(topics);
}
