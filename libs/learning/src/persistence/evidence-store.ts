import { Injectable } from '@nestjs/common';
import { newId, type Transaction } from '@repartee/platform';
import { evidenceOf, toCountLine, type Observation, type StratumCounts } from '../domain/index.js';

/** A response, and how much of a yes it is. */
export type Credited = Observation & { credit: number };

/** What came of displays, and what that adds to the counts. */
@Injectable()
export class EvidenceStore {
  /** Notes what the observations teach, for the learner to write into the log. A response that teaches nothing new notes nothing. */
  async add(tx: Transaction, observations: readonly Credited[]): Promise<void> {
    const best = bestOfEach(observations);
    if (best.length === 0) return;
    const strata = sumUp(best, await this.notePresentations(tx, best));
    if (strata.length === 0) return;
    await tx.query('INSERT INTO learning_evidence (id, counts) VALUES ($1, $2::jsonb)', [
      newId(),
      JSON.stringify(strata.map(toCountLine)),
    ]);
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
}

function keyOf({ decisionId, offer }: { decisionId: string; offer: string }): string {
  return `${decisionId.toLowerCase()}/${offer}`;
}

/** One line per presentation, in key order, so that writers lock rows in the same order. */
function bestOfEach(observations: readonly Credited[]): Credited[] {
  const best = new Map<string, Credited>();
  for (const observation of observations) {
    const known = best.get(keyOf(observation));
    if (known === undefined || known.credit < observation.credit) best.set(keyOf(observation), observation);
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
