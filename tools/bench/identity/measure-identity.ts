import { Client } from 'pg';
import type { Bench } from '../bench.js';
import { type Core, type CoreSettings, startCore } from '../core.js';
import { type Latency, medianRound, type Round } from '../figures.js';
import { CUSTOMER, type IdentityRequest } from '../generator/identity-requests.js';
import { EVENTS_PER_BATCH } from '../generator/requests.js';
import { untilProcessed } from '../measure-core.js';
import { DatabaseFill } from './fill-database.js';
import { type HistogramState, observedBetween, readHistogram } from './histogram.js';

const HISTOGRAM = 'repartee_event_batch_seconds';
const DAY = 86_400_000;

interface Kind {
  request: IdentityRequest;
  name: string;
  /** Few enough that each event is a batch of its own. */
  perSecond: number;
  atMost: Latency;
}

interface MeasuredRound {
  run: string;
  processed: Latency;
  shown: Latency;
  events: number;
  batches: number;
}

const KINDS: readonly Kind[] = [
  {
    request: 'known',
    name: 'Deterministic',
    perSecond: 100,
    atMost: { p50: 3, p99: 10 },
  },
  {
    request: 'alike',
    name: 'Probabilistic',
    perSecond: 25,
    atMost: { p50: 10, p99: 40 },
  },
];
const CONNECTIONS = 8;

const thousands = (people: number) => people.toLocaleString('en-US');
const milliseconds = ({ p50, p99 }: Latency) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;

async function processing(core: Core): Promise<HistogramState> {
  const answer = await fetch(`http://127.0.0.1:${core.port}/metrics`);
  return readHistogram(await answer.text(), HISTOGRAM);
}

/** Streaming identity with few people and with many. */
export class IdentityBench {
  private readonly fill: DatabaseFill;
  /** People up to this number were mistyped already. */
  private asked = 0;
  private core: Core | undefined;

  /** @param settings of a core with an empty database */
  constructor(
    private readonly bench: Bench,
    private readonly settings: CoreSettings,
  ) {
    this.fill = new DatabaseFill(settings.databaseUrl, Date.now() - DAY);
  }

  async measure(): Promise<void> {
    const { few, many } = this.bench.plan.identity;
    // The first start makes the tables.
    await (await startCore(this.settings)).child.stop();
    await this.withPeople(few, async (core) => {
      for (const kind of KINDS) await this.latency(core, kind, few);
    });
    await this.withPeople(many, async (core) => {
      for (const kind of KINDS) await this.latency(core, kind, many, few);
      await this.throughput(core, many);
    });
  }

  /** Ends the core that is running. */
  async stop(): Promise<void> {
    await this.core?.child.stop();
  }

  private async withPeople(people: number, measure: (core: Core) => Promise<void>): Promise<void> {
    const started = performance.now();
    this.bench.progress(`Filling the database up to ${thousands(people)} people`);
    await this.fill.fillTo(people);
    this.bench.progress(`  took ${Math.round((performance.now() - started) / 1000)} s`);
    this.core = await startCore(this.settings);
    this.bench.noteCores('identity core', this.core.child.pid);
    await measure(this.core);
    await this.core.child.stop();
  }

  private async latency(core: Core, kind: Kind, people: number, against?: number): Promise<void> {
    const { rounds, seconds } = this.bench.plan;
    this.bench.progress(`${kind.name} identity, ${thousands(people)} people, ${kind.perSecond} events/s`);
    // As long as a round: a database just filled has none of its pages at hand.
    await this.round(core, kind, people, seconds * 2);
    const measured: MeasuredRound[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const one = await this.round(core, kind, people, seconds * 2);
      measured.push(one);
      const { processed, shown, events, batches } = one;
      this.bench.progress(
        `  round ${round}: processed ${milliseconds(processed)} (${events} events in ${batches} batches); sent to shown ${milliseconds(shown)}`,
      );
    }
    const found = kind.request === 'alike' ? `${await this.shareFound(measured)} % found their person` : '';
    this.record(kind, people, against, measured, found);
  }

  private async round(core: Core, kind: Kind, people: number, seconds: number): Promise<MeasuredRound> {
    const { perSecond, request } = kind;
    const run = this.bench.newRun();
    const before = await processing(core);
    const identity = { key: core.keys.server, request, people, run, firstPerson: this.asked };
    const pace = {
      port: core.port,
      connections: this.bench.plan.connections,
      perSecond,
      seconds,
      what: { identity },
    };
    const { latency, lost, sample, sent } = await this.bench.pace(pace);
    // Every second of the people has a name that can be mistyped.
    if (request === 'alike') this.asked += 2 * sent;
    const { count, latency: processed } = observedBetween(before, await processing(core));
    if (lost > 0) throw new Error(`${lost} of ${sent} events were refused or never showed: ${sample}`);
    return { run, processed, shown: latency, events: sent, batches: count };
  }

  private record(
    { name, atMost }: Kind,
    people: number,
    against: number | undefined,
    measured: MeasuredRound[],
    found: string,
  ): void {
    const shown = medianRound(measured, ({ shown: { p50 } }) => p50).shown;
    const note = [
      `from the reading of the event to the commit of the golden record`,
      `sent to shown ${milliseconds(shown)}`,
      found,
    ];
    const judged = against !== undefined;
    for (const share of ['p50', 'p99'] as const) {
      const rounds = measured.map(({ processed }) => ({ rate: processed[share] }));
      const goal = judged ? { goal: { atMost: atMost[share] } } : {};
      const title = `${name} identity, ${thousands(people)} people, ${share}`;
      const measure = { key: `${name} ${share} ${thousands(people)}`, title, unit: 'ms', ...goal };
      this.bench.record(
        measure,
        rounds,
        share === 'p50' ? note.filter((part) => part !== '').join('; ') : '',
      );
      if (!judged || share !== 'p50') continue;
      const few = { against: `${name} p50 ${thousands(against)}`, atMost: 1.5 };
      this.bench.record({ ...measure, key: `${name} growth`, title: `${title}, growth`, goal: few }, rounds);
    }
  }

  /** Batches as fast as they are accepted, and then until the last event is in its golden record. */
  private async throughput(core: Core, people: number): Promise<void> {
    const { rounds, patienceSeconds, identity } = this.bench.plan;
    const events = identity.processed;
    const title = `Events fully processed, ${thousands(people)} people`;
    this.bench.progress(title);
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const started = performance.now();
      const settings = { key: core.keys.server, people, run: this.bench.newRun() };
      const requests = events / EVENTS_PER_BATCH;
      const load = { port: core.port, request: 'sessions', settings, connections: CONNECTIONS } as const;
      const { refused, sample } = await this.bench.load({ ...load, warmUpSeconds: 0, requests });
      if (sample !== undefined) throw new Error(`events were refused: ${JSON.stringify(refused)} ${sample}`);
      const { left } = await untilProcessed(this.settings.databaseUrl, patienceSeconds);
      if (left > 0) throw new Error(`${left} events were still waiting after ${patienceSeconds} s`);
      const rate = events / ((performance.now() - started) / 1000);
      measured.push({ rate });
      this.bench.progress(`  round ${round}: ${Math.round(rate)} events/s`);
    }
    const measure = { key: 'fully processed', title, unit: 'events/s', goal: { atLeast: 5000 } };
    this.bench.record(measure, measured, 'from the first request to the last golden record');
  }

  /** Of those who were mistyped in these rounds, how many per cent were recognised. */
  private async shareFound(rounds: readonly MeasuredRound[]): Promise<number> {
    const client = new Client({ connectionString: this.settings.databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ share: number }>(
        `SELECT avg((own.profile_id = new.profile_id)::int)::float8 * 100 AS share FROM identifier new
         JOIN identifier own ON own.namespace = 'user_id' AND own.value = 'bench-' || split_part(new.value, '-of-', 2)
         WHERE new.namespace = $1 AND split_part(new.value, '-of-', 1) = ANY($2)`,
        [CUSTOMER, rounds.map(({ run }) => run)],
      );
      return Math.round(rows[0]?.share ?? NaN);
    } finally {
      await client.end();
    }
  }
}
