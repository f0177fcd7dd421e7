import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import { creditOf, evidenceOf, toStage, type Observation, type StratumCounts } from '../domain/index.js';

/** Rows that share a stratum, so that writers of a busy offer do not queue for one row. */
const SLOTS = 8;

type Credited = Observation & { credit: number };

/** The tables of presentations and counts. */
@Injectable()
export class EvidenceStore {
  private slot = Math.floor(Math.random() * SLOTS);

  constructor(private readonly database: Database) {}

  /** All counts, one line per stratum. */
  async load(): Promise<StratumCounts[]> {
    const rows = await this.database.query<StratumCounts>(
      `SELECT offer, channel, stage, sum(shown) AS shown, sum(positive) AS positive
         FROM propensity_count GROUP BY offer, channel, stage`,
    );
    return rows.map((row) => ({ ...row, stage: toStage(row.stage) }));
  }

  /** Writes what the observations teach, and returns it. A response that teaches nothing new writes no count. */
  async add(tx: Transaction, observations: readonly Observation[]): Promise<StratumCounts[]> {
    const best = bestOfEach(observations);
    if (best.length === 0) return [];
    const strata = sumUp(best, await this.notePresentations(tx, best));
    if (strata.length > 0) await this.addCounts(tx, strata);
    return strata;
  }

  /** The best credit of each presentation before these, or null; in the order given. */
  private async notePresentations(tx: Transaction, best: readonly Credited[]): Promise<(number | null)[]> {
    const rows = await tx.query<{ decisionId: string; offer: string; previous: number | null }>(
      `INSERT INTO presentation AS p (decision_id, offer, credit)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::float8[])
       ON CONFLICT (decision_id, offer)
       DO UPDATE SET previous = p.credit, credit = greatest(p.credit, excluded.credit)
       RETURNING decision_id AS "decisionId", offer, previous`,
      [best.map((o) => o.decisionId), best.map((o) => o.offer), best.map((o) => o.credit)],
    );
    const previous = new Map(rows.map((row) => [keyOf(row), row.previous]));
    return best.map((one) => previous.get(keyOf(one)) ?? null);
  }

  private async addCounts(tx: Transaction, strata: readonly StratumCounts[]): Promise<void> {
    this.slot = (this.slot + 1) % SLOTS;
    await tx.query(
      `INSERT INTO propensity_count AS c (offer, channel, stage, slot, shown, positive)
       SELECT offer, channel, stage, $4::smallint, shown, positive
         FROM unnest($1::text[], $2::text[], $3::text[], $5::float8[], $6::float8[])
           AS n (offer, channel, stage, shown, positive)
       ON CONFLICT (offer, channel, stage, slot)
       DO UPDATE SET shown = c.shown + excluded.shown, positive = c.positive + excluded.positive`,
      [
        strata.map((s) => s.offer),
        strata.map((s) => s.channel),
        strata.map((s) => s.stage),
        this.slot,
        strata.map((s) => s.shown),
        strata.map((s) => s.positive),
      ],
    );
  }
}

function keyOf({ decisionId, offer }: { decisionId: string; offer: string }): string {
  return `${decisionId.toLowerCase()}/${offer}`;
}

/** One line per presentation, in key order, so that writers lock rows in the same order. */
function bestOfEach(observations: readonly Observation[]): Credited[] {
  const best = new Map<string, Credited>();
  for (const observation of observations) {
    const credit = creditOf(observation.response);
    if (credit === null) continue;
    const known = best.get(keyOf(observation));
    if (known === undefined || known.credit < credit)
      best.set(keyOf(observation), { ...observation, credit });
  }
  return inKeyOrder(best);
}

function sumUp(best: readonly Credited[], previous: readonly (number | null)[]): StratumCounts[] {
  const strata = new Map<string, StratumCounts>();
  best.forEach(({ offer, channel, stage, credit }, index) => {
    const { shown, positive } = evidenceOf(previous[index] ?? null, credit);
    if (shown === 0 && positive === 0) return;
    const key = JSON.stringify([offer, channel, stage]);
    const stratum = strata.get(key) ?? { offer, channel, stage, shown: 0, positive: 0 };
    stratum.shown += shown;
    stratum.positive += positive;
    strata.set(key, stratum);
  });
  return inKeyOrder(strata);
}

function inKeyOrder<V>(map: ReadonlyMap<string, V>): V[] {
  return [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
