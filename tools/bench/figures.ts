/** Latencies of one round in milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

/** One round of one measure. `rate` is per second; absent where only the latency counts. */
export interface Round {
  rate?: number;
  latency?: Latency;
  /** The rate of the ceiling right before this round. */
  ceiling?: number;
}

/** The rate of a ceiling right now, per second. */
export type Ceiling = () => Promise<number>;

/** What a goal compares with, and how. */
export interface Goal {
  /** The figure that `ratio` divides by; absent when the value itself must keep a limit. */
  against?: string;
  atLeast?: number;
  atMost?: number;
}

/** One line of the report: the median of its rounds. */
export interface Figure {
  key: string;
  title: string;
  unit: string;
  value: number;
  latency?: Latency;
  rounds: number[];
  /** What each round was against the ceiling measured right before it. */
  ratios?: number[];
  goal?: Goal;
  note?: string;
}

/** A figure with its goal judged. */
export interface Verdict {
  figure: Figure;
  ratio?: number;
  met?: boolean;
}

/** The nearest-rank percentile of sorted values: the smallest with at least `share` of all at or below it. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? NaN;
}

export function latencyOf(values: ArrayLike<number>): Latency {
  const sorted = Float64Array.from(values).sort();
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

/** The round in the middle by `by`; the worse one of the two where their number is even. */
export function medianRound<T>(rounds: readonly T[], by: (round: T) => number): T {
  const sorted = [...rounds].sort((a, b) => by(a) - by(b));
  const middle = sorted[(sorted.length - 1) >> 1];
  if (middle === undefined) throw new Error('a figure needs at least one round');
  return middle;
}

/** The slope of the line that lies closest by least squares. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const across = mean((point) => (point[0] - x) * (point[1] - y));
  return across / mean((point) => (point[0] - x) ** 2);
}

/** Compares every figure that has a goal with what it is to be compared with; round by round where both were measured in turn. */
export function judge(figures: readonly Figure[]): Verdict[] {
  const byKey = new Map(figures.map((figure) => [figure.key, figure]));
  return figures.map((figure) => {
    const { goal } = figure;
    if (!goal) return { figure };
    const base = goal.against === undefined ? undefined : byKey.get(goal.against);
    if (goal.against !== undefined && !base) return { figure };
    const ratio = base && (figure.ratios ? medianRound(figure.ratios, Number) : figure.value / base.value);
    const judged = ratio ?? figure.value;
    const met = judged >= (goal.atLeast ?? -Infinity) && judged <= (goal.atMost ?? Infinity);
    return ratio === undefined ? { figure, met } : { figure, ratio, met };
  });
}
