import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping } from '@repartee/platform';

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

  async say({ agent, state, skills, queues, expiresAt }: AgentPresence): Promise<void> {
    await this.database.query(
      `INSERT INTO agent_presence (agent, state, skills, queues, expires_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (agent) DO UPDATE SET state = excluded.state, skills = excluded.skills, queues = excluded.queues,
         expires_at = excluded.expires_at`,
      [agent, state, JSON.stringify(skills), JSON.stringify(queues), new Date(expiresAt)],
    );
  }

  /** @returns undefined where the agent said nothing, or not lately */
  async find(agent: string): Promise<AgentPresence | undefined> {
    const [row] = await this.database.query<Omit<AgentPresence, 'expiresAt'> & { expires_at: Date }>(
      'SELECT * FROM agent_presence WHERE agent = $1 AND expires_at > $2',
      [agent, new Date(this.clock.now())],
    );
    if (!row) return undefined;
    const { expires_at, ...presence } = row;
    return { ...presence, expiresAt: expires_at.getTime() };
  }
}
