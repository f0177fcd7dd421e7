import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import { isRate, type Metric, type Moments, type Guardrail } from '../domain/index.js';

/** What somebody did, as one metric counts it. */
export interface OutcomeRow {
  experiment: string;
  phase: number;
  metric: string;
  person: string;
  key: string;
  value: number;
  /** Milliseconds since the epoch. */
  at: number;
  eventId: string;
  needs: string | null;
  /** How long after the first exposure it may count, in seconds; null for ever. */
  window: number | null;
}

/** The people of an experiment, each once; whoever met several variations is left out and counted apart. */
export interface CountedPeople {
  /** By variation. */
  people: ReadonlyMap<string, number>;
  mixed: number;
}

/** One person may stand in several rows: as a device before she was known, or as two profiles that were one. */
const PEOPLE = `
  SELECT coalesce(person::text, unit) AS who, min(variation) AS variation,
         count(DISTINCT variation) > 1 AS mixed, (array_agg(before ORDER BY first_at))[1] AS before
    FROM experiment_exposure WHERE experiment = $1 AND phase = $2 GROUP BY 1`;

/** The table of outcomes, and what it says of an experiment. */
@Injectable()
export class OutcomeStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Devices whose visitors are known by now become theirs. */
  async claim(tx: Transaction, devices: readonly { anonymousId: string; person: string }[]): Promise<void> {
    if (devices.length === 0) return;
    await tx.query(
      `UPDATE experiment_exposure e SET person = d.person, profile_id = coalesce(e.profile_id, d.person)
         FROM unnest($1::text[], $2::uuid[]) AS d(anonymous_id, person)
        WHERE e.anonymous_id = d.anonymous_id AND e.person IS NULL`,
      [devices.map(({ anonymousId }) => anonymousId), devices.map(({ person }) => person)],
    );
  }

  /** Keeps what was done by people who had met the experiment before, within its window. The latest word on a key counts. */
  async add(tx: Transaction, rows: readonly OutcomeRow[]): Promise<void> {
    await tx.query(
      `WITH done AS (
         SELECT DISTINCT ON (experiment, phase, metric, person, key) *
           FROM unnest($1::text[], $2::int[], $3::text[], $4::uuid[], $5::text[], $6::float8[], $7::timestamptz[],
                       $8::uuid[], $9::text[], $10::float8[])
             AS t(experiment, phase, metric, person, key, value, at, event_id, needs, span)
          ORDER BY experiment, phase, metric, person, key, at DESC)
       INSERT INTO experiment_outcome AS o (experiment, phase, metric, person, key, value, at, event_id)
       SELECT d.experiment, d.phase, d.metric, d.person, d.key, d.value, d.at, d.event_id FROM done d
        WHERE EXISTS (
          SELECT 1 FROM experiment_exposure e
           WHERE e.person = d.person AND e.experiment = d.experiment AND e.phase = d.phase AND e.first_at <= d.at
             AND (d.span IS NULL OR d.at <= e.first_at + d.span * interval '1 second'))
          AND (d.needs IS NULL
            OR EXISTS (SELECT 1 FROM done n WHERE n.person = d.person AND n.metric = d.metric AND n.key = d.needs)
            OR EXISTS (SELECT 1 FROM experiment_outcome n
                        WHERE n.experiment = d.experiment AND n.phase = d.phase AND n.metric = d.metric
                          AND n.person = d.person AND n.key = d.needs))
       ON CONFLICT (experiment, phase, metric, person, key)
       DO UPDATE SET value = excluded.value, at = excluded.at, event_id = excluded.event_id
         WHERE o.at <= excluded.at`,
      [
        rows.map(({ experiment }) => experiment),
        rows.map(({ phase }) => phase),
        rows.map(({ metric }) => metric),
        rows.map(({ person }) => person),
        rows.map(({ key }) => key),
        rows.map(({ value }) => value),
        rows.map(({ at }) => new Date(at)),
        rows.map(({ eventId }) => eventId),
        rows.map(({ needs }) => needs),
        rows.map(({ window }) => window),
      ],
    );
  }

  /** Forgets what was measured in phases before one. */
  async forget(experiment: string, before: number): Promise<void> {
    for (const table of ['experiment_outcome', 'experiment_exposure'])
      await this.database.query(`DELETE FROM ${table} WHERE experiment = $1 AND phase < $2`, [
        experiment,
        before,
      ]);
  }

  async people(experiment: string, phase: number): Promise<CountedPeople> {
    const rows = await this.database.query<{ variation: string; mixed: boolean; people: number }>(
      `SELECT variation, mixed, count(*)::int AS people FROM (${PEOPLE}) p GROUP BY variation, mixed`,
      [experiment, phase],
    );
    const sound = rows.filter(({ mixed }) => !mixed);
    return {
      people: new Map(sound.map(({ variation, people }) => [variation, people])),
      mixed: rows.reduce((sum, { mixed, people }) => sum + (mixed ? people : 0), 0),
    };
  }

  /** The sums that comparing needs, by variation. */
  async moments(
    experiment: string,
    phase: number,
    metric: Metric | Guardrail,
  ): Promise<ReadonlyMap<string, Moments>> {
    const rows = await this.database.query<Moments & { variation: string }>(
      `WITH people AS (${PEOPLE}),
       sums AS (
         SELECT person::text AS who, sum(value) AS total FROM experiment_outcome
          WHERE experiment = $1 AND phase = $2 AND metric = $3 GROUP BY 1),
       rows AS (
         SELECT variation, CASE WHEN $4 THEN (coalesce(total, 0) > 0)::int::float8
                                ELSE least(coalesce(total, 0), coalesce($5::float8, 'Infinity')) END AS y,
                coalesce((before->>$3)::float8, 0) AS x
           FROM people LEFT JOIN sums USING (who) WHERE NOT mixed)
       SELECT variation, count(*)::int AS people, sum(y) AS y, sum(y * y) AS yy, sum(x) AS x, sum(x * x) AS xx,
              sum(x * y) AS xy
         FROM rows GROUP BY variation`,
      [experiment, phase, metric.key, isRate(metric), metric.cap ?? null],
    );
    return new Map(rows.map(({ variation, ...moments }) => [variation, moments]));
  }
}
