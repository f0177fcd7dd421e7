import { Client } from 'pg';
import type { Bench, Measure } from '../bench.js';
import type { BesideCore } from '../ceilings/beside-core.js';
import type { Core } from '../core.js';
import type { Latency, Round } from '../figures.js';
import type { PaceResult } from '../generator/pace.js';

/** Full load leaves memory to collect and tables to analyse: so many rounds of half load pass before it is measured. */
const SETTLING = 2;

const NO_OP: Measure = { key: 'no-op p99', title: 'Nest no-op, at half of its load, p99', unit: 'ms' };

const inWords = ({ p50, p99 }: Latency) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
const besideInWords = (noOp: Round | undefined) =>
  noOp?.latency ? `; the no-op ${inWords(noOp.latency)}` : '';

/** Decisions that took room under a hard cap so far. */
async function cappedDecisions(databaseUrl: string): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(DISTINCT decision_id)::int AS count FROM cap_reservation',
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

/** Decisions that come at a steady pace, half as fast as they could. */
export class HalfLoad {
  constructor(
    private readonly bench: Bench,
    private readonly core: Core,
    private readonly databaseUrl: string,
    private readonly perSecond: number,
  ) {}

  /** In turn with `noOp` at half of what that can do: what the machine itself takes its time for, both show. */
  async measure(measure: Measure, noOp?: BesideCore): Promise<void> {
    const { bench, perSecond } = this;
    bench.progress(`${measure.title}: ${Math.round(perSecond)}/s`);
    const before = await cappedDecisions(this.databaseUrl);
    const halfOfNoOp = noOp && (await noOp.rate()) / 2;
    let decisions = 0;
    const measured: Round[] = [];
    const beside: Round[] = [];
    for (let round = 1; round <= bench.plan.rounds; round += 1) {
      if (noOp && halfOfNoOp) beside.push({ latency: await noOp.latency(halfOfNoOp) });
      const { latency, sent } = await this.round(round === 1);
      bench.progress(`  round ${round}: ${inWords(latency)}${besideInWords(beside.at(-1))}`);
      measured.push({ latency });
      decisions += sent;
    }
    const share = ((await cappedDecisions(this.databaseUrl)) - before) / decisions;
    bench.record(measure, measured, `${Math.round(share * 100)} % of the answers took room under a hard cap`);
    if (beside.length > 0) bench.record(NO_OP, beside, 'in turn with the decisions at half load');
  }

  private async round(first: boolean): Promise<PaceResult> {
    const { seconds, warmUpSeconds, connections, peopleInSession } = this.bench.plan;
    const { port, keys } = this.core;
    const settings = { key: keys.server, people: peopleInSession, run: this.bench.newRun() };
    const result = await this.bench.pace({
      port,
      connections,
      perSecond: this.perSecond,
      seconds,
      warmUpSeconds: first ? SETTLING * seconds : warmUpSeconds,
      what: { request: 'arbitrate', settings },
    });
    if (result.lost > 0)
      throw new Error(`${result.lost} of ${result.sent} decisions were refused: ${result.sample}`);
    return result;
  }
}
