import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ConnectorAnswer, Outcome } from '@repartee/contracts';
import { Bus, Database, GroupCommit, Housekeeping, type NewMessage } from '@repartee/platform';

/**
 * Where an attempt stands: `new` here and now; begun before, `age` milliseconds ago, perhaps by a process that died; or
 * over.
 */
export type Begun =
  { state: 'new' } | { state: 'begun'; age: number } | { state: 'over'; age: number; outcome: Outcome };

interface Row {
  attempt_id: string;
  fresh: boolean;
  outcome: Outcome | null;
  age: number;
}

interface Beginning {
  connector: string;
  attemptId: string;
  found: Begun;
}

const GROUP = 200;
const HOUR = 3_600_000;
/** Days an attempt is remembered: longer than any command lives. */
const KEPT = 14;

/**
 * What hosts have begun, durable before a connector is called: a command that comes again is never carried out again.
 * Many attempts share a commit.
 */
@Injectable()
export class BegunInbox implements OnApplicationBootstrap {
  private readonly beginnings = new GroupCommit<Beginning>({
    write: (beginnings) => this.write(beginnings),
    maxItems: GROUP,
  });
  private readonly endings = new GroupCommit<ConnectorAnswer>({
    write: (answers) => this.end(answers),
    maxItems: GROUP,
  });

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  onApplicationBootstrap(): void {
    this.housekeeping.every(HOUR, 'forgetting old attempts', async () => {
      await this.database.query(
        `DELETE FROM connector_begun WHERE begun_at < clock_timestamp() - ${KEPT} * interval '1 day'`,
      );
    });
  }

  /** Notes that an attempt begins, unless it has begun before. Durable when it resolves. */
  async begin(connector: string, attemptId: string): Promise<Begun> {
    const beginning: Beginning = { connector, attemptId, found: { state: 'begun', age: 0 } };
    await this.beginnings.add([beginning]);
    return beginning.found;
  }

  /** Notes what became of an attempt and tells the core, both or neither. */
  answer(answer: ConnectorAnswer): Promise<void> {
    return this.endings.add([answer]);
  }

  private async write(beginnings: readonly Beginning[]): Promise<void> {
    const rows = await this.database.query<Row>(
      `WITH fresh AS (
         INSERT INTO connector_begun (attempt_id, connector, begun_at)
         SELECT attempt_id, connector, clock_timestamp()
         FROM unnest($1::uuid[], $2::text[]) AS t (attempt_id, connector) ORDER BY attempt_id
         ON CONFLICT (attempt_id) DO NOTHING RETURNING attempt_id)
       SELECT attempt_id, true AS fresh, NULL::json AS outcome, 0::float8 AS age FROM fresh
       UNION ALL
       SELECT attempt_id, false, outcome, extract(epoch FROM clock_timestamp() - begun_at)::float8 * 1000
       FROM connector_begun
       WHERE attempt_id = ANY($1::uuid[]) AND attempt_id NOT IN (SELECT attempt_id FROM fresh)`,
      [beginnings.map(({ attemptId }) => attemptId), beginnings.map(({ connector }) => connector)],
      'begun.begin',
    );
    const found = new Map(rows.map((row) => [row.attempt_id, row]));
    for (const beginning of beginnings) {
      const row = found.get(beginning.attemptId);
      if (row?.fresh) beginning.found = { state: 'new' };
      else if (row?.outcome) beginning.found = { state: 'over', age: row.age, outcome: row.outcome };
      else if (row) beginning.found = { state: 'begun', age: row.age };
      // The same attempt twice in one group: only the first of them may begin.
      if (row) row.fresh = false;
    }
  }

  private async end(answers: readonly ConnectorAnswer[]): Promise<void> {
    const messages = answers.map((data): NewMessage => ({
      type: 'connector.outcome',
      subject: data.attemptId,
      data,
    }));
    await this.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE connector_begun AS b SET outcome = t.outcome::json
         FROM unnest($1::uuid[], $2::text[]) AS t (attempt_id, outcome) WHERE b.attempt_id = t.attempt_id`,
        [
          answers.map(({ attemptId }) => attemptId),
          answers.map(({ outcome }) => JSON.stringify(wordless(outcome))),
        ],
        'begun.end',
      );
      await this.bus.publish(tx, messages);
    });
  }
}

/** A provider's words may name people. */
function wordless(outcome: Outcome): Outcome {
  if (outcome.status === 'accepted') return outcome;
  const { detail: _detail, ...rest } = outcome;
  return rest;
}
