import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database } from '@repartee/platform';
import { CallCenterSettingsStore } from '../call-center-settings.js';
import { Agents } from './agent-presence.js';
import { NO_OFFERS, OfferAcceptance } from './offer-acceptance.js';
import { QueueStatistics } from './queue-stats.js';

interface Figures {
  calls: number;
  answered: number;
  abandoned: number;
  serviceLevel: number | null;
  abandonment: number | null;
  speedOfAnswer: number | null;
  handling: number | null;
  wrapUp: number | null;
}
interface FigureRow extends Omit<Figures, 'serviceLevel' | 'abandonment'> {
  queue: string | null;
  grouped: number;
  in_time: number;
}
interface AgentRow {
  agent: string;
  answered: number;
  handling: number | null;
  wrap_up: number | null;
  accepted: number;
  talking: number;
  at_work: number | null;
}

const HOUR = 3_600_000;
/** Calls with the moments of their reports, which stand in milliseconds. */
const CALLS = `SELECT queue, agent, outcome, outcome_at, (state->>'startedAt')::float8 AS started,
    (state->>'answeredAt')::float8 AS answered, (state->>'endedAt')::float8 AS ended
  FROM call WHERE last_at > $1 AND ($2::text IS NULL OR queue = $2)`;
const WRAP = `extract(epoch FROM outcome_at) - ended / 1000`;
const FIGURES = `WITH c AS (${CALLS})
  SELECT queue, grouping(queue) AS grouped, count(*)::int AS calls, count(answered)::int AS answered,
    (count(*) FILTER (WHERE answered IS NULL AND ended IS NOT NULL))::int AS abandoned,
    (count(*) FILTER (WHERE answered - started <= $3 * 1000))::int AS in_time,
    avg((answered - started) / 1000) FILTER (WHERE answered >= started) AS "speedOfAnswer",
    avg((ended - answered) / 1000) FILTER (WHERE ended >= answered) AS handling,
    avg(${WRAP}) FILTER (WHERE ${WRAP} >= 0) AS "wrapUp"
  FROM c GROUP BY GROUPING SETS ((queue), ())`;
/** Time at work is the time in every state but `away`, from one change to the next. */
const AGENTS = `WITH c AS (${CALLS}), spans AS (
    SELECT agent, state, greatest(at, $1) AS at,
      lead(at, 1, $4) OVER (PARTITION BY agent ORDER BY at, id) AS until
    FROM agent_state WHERE at > $1 - interval '1 day' AND at <= $4
  ), work AS (
    SELECT agent, sum(extract(epoch FROM until - at)) FILTER (WHERE state <> 'away' AND until > at) AS at_work
    FROM spans GROUP BY agent
  ), calls AS (
    SELECT agent, count(answered)::int AS answered,
      avg((ended - answered) / 1000) FILTER (WHERE ended >= answered) AS handling,
      avg(${WRAP}) FILTER (WHERE ${WRAP} >= 0) AS wrap_up,
      (count(*) FILTER (WHERE outcome = ANY($3::text[])))::int AS accepted,
      coalesce(sum((ended - answered) / 1000) FILTER (WHERE ended >= answered), 0)
        + coalesce(sum(${WRAP}) FILTER (WHERE ${WRAP} >= 0), 0) AS talking
    FROM c WHERE agent IS NOT NULL GROUP BY agent
  )
  SELECT agent, coalesce(answered, 0) AS answered, handling, wrap_up, coalesce(accepted, 0) AS accepted,
    coalesce(talking, 0)::float8 AS talking, at_work::float8 AS at_work
  FROM calls FULL JOIN work USING (agent) ORDER BY agent LIMIT 2000`;

/** Counts how queues and agents did, from the calls and shifts that are stored. */
@Injectable()
export class DeskBoard {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallCenterSettingsStore) private readonly settings: CallCenterSettingsStore,
    @Inject(QueueStatistics) private readonly queues: QueueStatistics,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(OfferAcceptance) private readonly acceptance: OfferAcceptance,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param hours counted back from now @param answerWithin seconds of the service level */
  async read({
    queue,
    hours,
    answerWithin,
  }: {
    queue?: string | undefined;
    hours: number;
    answerWithin: number;
  }) {
    const now = this.clock.now();
    const from = new Date(now - hours * HOUR);
    const sold = this.settings.current.outcomes.flatMap((one) => (one.meaning === 'sold' ? [one.code] : []));
    const [rows, agents, present, stats, taken] = await Promise.all([
      this.database.query<FigureRow>(FIGURES, [from, queue ?? null, answerWithin]),
      this.database.query<AgentRow>(AGENTS, [from, queue ?? null, sold, new Date(now)]),
      this.agents.all(),
      this.queues.every(),
      this.acceptance.since(from, queue),
    ]);
    const byQueue = new Map(rows.flatMap((row) => (row.queue === null ? [] : [[row.queue, figuresOf(row)]])));
    const wanted = stats.filter((one) => queue === undefined || one.queue === queue);
    const states = new Map(present.map((one) => [one.agent, one]));
    const named = new Map(agents.map((one) => [one.agent, one]));
    return {
      from: from.toISOString(),
      to: new Date(now).toISOString(),
      totals: figuresOf(rows.find(({ grouped }) => grouped === 1)),
      queues: wanted.map(({ queue: key, waiting, oldestSeconds, agentsAvailable }) => ({
        queue: key,
        waiting,
        oldestSeconds,
        agentsAvailable,
        ...(byQueue.get(key) ?? figuresOf(undefined)),
      })),
      offers: taken.offers,
      agents: [...new Set([...named.keys(), ...states.keys()])].sort().map((agent) => {
        const [row, state] = [named.get(agent), states.get(agent)];
        return {
          agent,
          state: state?.state ?? null,
          reason: state?.reason ?? null,
          since: state ? new Date(state.since).toISOString() : null,
          answered: row?.answered ?? 0,
          handling: row?.handling ?? null,
          wrapUp: row?.wrap_up ?? null,
          occupancy: row?.at_work ? Math.min(1, row.talking / row.at_work) : null,
          accepted: row?.accepted ?? 0,
          ...(taken.byAgent.get(agent) ?? NO_OFFERS),
        };
      }),
    };
  }
}

function figuresOf(row: FigureRow | undefined): Figures {
  if (!row) {
    const none = { serviceLevel: null, abandonment: null, speedOfAnswer: null, handling: null, wrapUp: null };
    return { calls: 0, answered: 0, abandoned: 0, ...none };
  }
  const { calls, answered, abandoned, in_time, speedOfAnswer, handling, wrapUp } = row;
  const offered = answered + abandoned;
  return {
    calls,
    answered,
    abandoned,
    serviceLevel: offered === 0 ? null : in_time / offered,
    abandonment: offered === 0 ? null : abandoned / offered,
    speedOfAnswer,
    handling,
    wrapUp,
  };
}
