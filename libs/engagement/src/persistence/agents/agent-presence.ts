import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, newId } from '@repartee/platform';

export const agentStates = ['available', 'busy', 'away'] as const;
export type AgentState = (typeof agentStates)[number];

/** What an agent does and can do. */
export interface AgentPresence {
  agent: string;
  state: AgentState;
  skills: string[];
  /** Queues they work on; all where none is named. */
  queues: string[];
  /** Milliseconds since the epoch; who has not said more by then is away. */
  expiresAt: number;
  /** Why they are away or busy: `lunch`, `wrap-up`. */
  reason?: string | null;
  /** Since when they do what they do. */
  since?: number;
}

const SWEEP = 600_000;
const DAY = 86_400_000;

/** Who is at work. */
@Injectable()
export class Agents implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.every(SWEEP, 'forgetting agents who left', async () => {
      await this.database.query('DELETE FROM agent_presence WHERE expires_at < $1', [
        new Date(this.clock.now() - DAY),
      ]);
    });
  }

  /** What changes is noted, so that a shift can be looked at; a heartbeat is not. @returns since when they do it */
  async say({ agent, state, skills, queues, expiresAt, reason = null }: AgentPresence): Promise<number> {
    const now = new Date(this.clock.now());
    const [row] = await this.database.query<{ since: Date }>(
      `WITH said AS (
         INSERT INTO agent_presence AS p (agent, state, skills, queues, expires_at, reason, since)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (agent) DO UPDATE SET state = excluded.state, skills = excluded.skills,
           queues = excluded.queues, expires_at = excluded.expires_at, reason = excluded.reason,
           since = CASE WHEN p.state = excluded.state AND p.reason IS NOT DISTINCT FROM excluded.reason
             AND p.expires_at > $7 THEN p.since ELSE $7 END
         RETURNING since
       ), noted AS (
         INSERT INTO agent_state (id, agent, state, reason, at)
         SELECT $8, $1, $2, $6, $7 FROM said WHERE since = $7
       )
       SELECT since FROM said`,
      [
        agent,
        state,
        JSON.stringify(skills),
        JSON.stringify(queues),
        new Date(expiresAt),
        reason,
        now,
        newId(),
      ],
    );
    return row?.since.getTime() ?? now.getTime();
  }

  /** Everybody who is at work. */
  async all(): Promise<Required<AgentPresence>[]> {
    const rows = await this.database.query<PresenceRow>(
      'SELECT * FROM agent_presence WHERE expires_at > $1 ORDER BY agent LIMIT 2000',
      [new Date(this.clock.now())],
    );
    return rows.map(toPresence);
  }

  /** @returns undefined where the agent said nothing, or not lately */
  async find(agent: string): Promise<AgentPresence | undefined> {
    const [row] = await this.database.query<PresenceRow>(
      'SELECT * FROM agent_presence WHERE agent = $1 AND expires_at > $2',
      [agent, new Date(this.clock.now())],
    );
    return row && toPresence(row);
  }
}

type PresenceRow = Required<Omit<AgentPresence, 'expiresAt' | 'since'>> & {
  expires_at: Date;
  since: Date | null;
};

function toPresence({ expires_at, since, ...presence }: PresenceRow): Required<AgentPresence> {
  return { ...presence, expiresAt: expires_at.getTime(), since: (since ?? expires_at).getTime() };
}
