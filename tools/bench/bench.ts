import { Child, scriptBeside } from './child.js';
import { medianRound, type Ceiling, type Figure, type Goal, type Round } from './figures.js';
import type { Load, LoadResult } from './generator/closed-loop.js';
import type { GeneratorQuestion } from './generator/main.js';
import type { Pace, PaceResult } from './generator/pace.js';
import type { Watch, WatchResult } from './generator/visibility.js';
import { coresOf, type Placement } from './placement.js';
import type { Plan } from './plan.js';
import { watchLoad } from './process-facts.js';

/** What a figure is called and judged by. */
export interface Measure {
  key: string;
  title: string;
  unit: string;
  goal?: Goal;
}

/** What every part of the bench works with: the plan, the cores, the generator, and the figures so far. */
export class Bench {
  readonly figures: Figure[] = [];
  /** Which cores ran what, as the kernel reports it. */
  readonly ran: Record<string, string> = {};
  private runs = 0;

  private constructor(
    readonly plan: Plan,
    readonly placement: Placement,
    private readonly generator: Child,
    private readonly say: (line: string) => void,
  ) {
    this.noteCores('generator', generator.pid);
  }

  static async start(plan: Plan, placement: Placement, say: (line: string) => void): Promise<Bench> {
    const generator = await Child.start(
      scriptBeside(import.meta.url, './generator/main.js'),
      placement.generator,
      // Its own collections would show as latency of the server.
      { NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --max-semi-space-size=64` },
    );
    return new Bench(plan, placement, generator, say);
  }

  stop(): Promise<void> {
    return this.generator.stop();
  }

  /** Says what is happening now. */
  progress(line: string): void {
    this.say(line);
  }

  noteCores(what: string, pid: number): void {
    this.ran[what] = coresOf(pid) ?? 'unknown';
  }

  /** A prefix for message ids that no other round uses. */
  newRun(): string {
    this.runs += 1;
    return `bench-${process.pid}-${this.runs}`;
  }

  load(load: Load): Promise<LoadResult> {
    return this.generator.ask<LoadResult>({ kind: 'load', load } satisfies GeneratorQuestion);
  }

  watch(watch: Watch): Promise<WatchResult> {
    return this.generator.ask<WatchResult>({ kind: 'watch', watch } satisfies GeneratorQuestion);
  }

  pace(pace: Pace): Promise<PaceResult> {
    return this.generator.ask<PaceResult>({ kind: 'pace', pace } satisfies GeneratorQuestion);
  }

  /** Measures a closed loop against the process `pid`, each round after one of the ceiling, and records the median round. */
  async throughput(
    measure: Measure,
    pid: number,
    load: Omit<Load, 'settings'> & { key: string; people: number },
    { perRequest = 1, ceiling }: { perRequest?: number; ceiling?: Ceiling | undefined } = {},
  ): Promise<void> {
    const rounds: Round[] = [];
    const notes = new Set<string>();
    for (let round = 0; round < this.plan.rounds; round += 1) {
      const above = await ceiling?.();
      const busyServer = watchLoad(pid);
      const settings = { key: load.key, people: load.people, run: this.newRun() };
      const result = await this.load({ ...load, settings });
      const busy = busyServer();
      const refused = Object.entries(result.refused).map(([status, count]) => `${count} × ${status}`);
      if (refused.length > 0) notes.add(`not counted: ${refused.join(', ')} (${result.sample ?? ''})`);
      if (result.busy > 0.95) notes.add('the generator was at its limit');
      const rate = result.rate * perRequest;
      rounds.push({ rate, latency: result.latency, ...(above !== undefined && { ceiling: above }) });
      const beside = above === undefined ? '' : ` beside ${Math.round(above)} (${(rate / above).toFixed(2)})`;
      this.progress(
        `  round ${round + 1}: ${Math.round(rate)} ${measure.unit}${beside}, server ${percent(busy)}, generator ${percent(result.busy)}`,
      );
    }
    this.record(measure, rounds, [...notes].join('; '));
  }

  /** Records a figure from its rounds. */
  record(measure: Measure, rounds: Round[], note = ''): void {
    const middle = medianRound(rounds, (round) => round.rate ?? round.latency?.p99 ?? NaN);
    const value = middle.rate ?? middle.latency?.p99 ?? NaN;
    const ratios = rounds.flatMap(({ rate, ceiling }) =>
      rate === undefined || ceiling === undefined ? [] : [rate / ceiling],
    );
    this.figures.push({
      ...measure,
      value,
      ...(middle.latency ? { latency: middle.latency } : {}),
      rounds: rounds.map((round) => round.rate ?? round.latency?.p99 ?? NaN),
      ...(ratios.length > 0 ? { ratios } : {}),
      ...(note ? { note } : {}),
    });
  }

  /** Records a figure that is neither a rate nor a latency by the second, from its value in each round. */
  recordValue(measure: Measure, rounds: number[], note = ''): void {
    const value = medianRound(rounds, Number);
    this.figures.push({ ...measure, value, rounds, ...(note ? { note } : {}) });
  }
}

const percent = (share: number | undefined) =>
  share === undefined ? 'unknown' : `${Math.round(share * 100)} % busy`;
