import { SeededRandom, sigmoid, type Features } from '../bandit/index.js';

/** One round of an invented world: who is there, and what each offer's true chance is. */
export interface WorldRound {
  features: Features;
  chances: number[];
  responses: number[];
}

export interface WorldOptions {
  seed: string;
  rounds: number;
  offers: number;
  /** Logit of a yes for the average person. */
  base: number;
  /** From which round the last quarter of the offers exists; the others do from the start. */
  launchAt?: number;
  /** From which round the first quarter of the offers appeals to others than before. */
  driftAt?: number;
}

interface Taste {
  base: number;
  weights: number[];
  ofSegment: number[];
}

const SEGMENTS = 4;
const NUMERICS = 4;

/** Rounds of a world of logistic offers over heavy-tailed numbers and a category. The same options make the same world. */
export function* sampleWorld(options: WorldOptions): Generator<WorldRound & { eligible: number[] }> {
  const { seed, rounds, offers, launchAt = 0, driftAt = Infinity } = options;
  const random = new SeededRandom(seed);
  const taste = (): Taste => ({
    base: options.base + 0.6 * random.gaussian(),
    weights: Array.from({ length: NUMERICS }, () => random.gaussian()),
    ofSegment: Array.from({ length: SEGMENTS }, () => 0.5 * random.gaussian()),
  });
  const tastes = Array.from({ length: offers }, taste);
  const quarter = Math.floor(offers / 4);
  for (let round = 0; round < rounds; round += 1) {
    if (round === driftAt) for (let offer = 0; offer < quarter; offer += 1) tastes[offer] = taste();
    const normals = Array.from({ length: NUMERICS }, () => random.gaussian());
    const segment = Math.floor(random.next() * SEGMENTS);
    const chances = tastes.map(({ base, weights, ofSegment }) =>
      sigmoid(weights.reduce((sum, weight, at) => sum + weight * normals[at]!, base + ofSegment[segment]!)),
    );
    yield {
      features: {
        age: normals[0]!,
        spend: 90 * Math.exp(normals[1]!),
        visits: normals[2]!,
        far: 1e6 + normals[3]!,
        segment: `s${segment}`,
      },
      chances,
      responses: chances.map((chance) => (random.next() < chance ? 1 : 0)),
      eligible: chances.flatMap((_, offer) => (offer < offers - quarter || round >= launchAt ? [offer] : [])),
    };
  }
}
