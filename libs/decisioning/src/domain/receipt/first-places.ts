import type { Decision } from '../decide/index.js';

/** Draws by which the chances of first places are told. */
export const FIRST_DRAWS = 256;
/** No offer that could be shown has a smaller chance than this; all that are lifted to it together have 5 % at most. */
const FLOOR = 0.001;
const ALL_FLOORS = 0.05;

/** How often each offer came first in a zone, as a receipt keeps it: offers by their place among the candidates. */
export interface StoredFirstPlaces {
  draws: number;
  /** By requested zone: how many offers could be shown there, and how often which of them came first. */
  zones: readonly (readonly [
    possible: number,
    counts: readonly (readonly [candidate: number, count: number])[],
  ])[];
}

/** The chances of first places in one zone: what the final arbitration would have shown there, over the draws of learning. */
export interface FirstPlaces {
  draws: number;
  /** Of every offer that was rated and is not listed. */
  floor: number;
  /** Those that came first in some draw, the likeliest first. */
  offers: { offer: string; probability: number }[];
}

/** Counts who comes first, draw by draw. */
export class FirstPlaceCount {
  private draws = 0;
  private readonly first: Map<string, number>[] = [];
  private readonly possible: Set<string>[] = [];

  /** @param times for how many draws it stands: where nothing is drawn all are the same */
  add({ zones, evaluations }: Decision, times = 1): void {
    this.draws += times;
    const rated = new Set(
      evaluations
        .filter(({ dropped }) => dropped === null || dropped === 'outranked' || dropped === 'crowded-out')
        .map(({ offer }) => offer.key),
    );
    zones.forEach(({ zone, choices }, number) => {
      const possible = (this.possible[number] ??= new Set());
      for (const { offer } of zone.candidates) if (rated.has(offer.key)) possible.add(offer.key);
      const counts = (this.first[number] ??= new Map<string, number>());
      const winner = choices[0]?.evaluation.offer.key;
      if (winner !== undefined) counts.set(winner, (counts.get(winner) ?? 0) + times);
    });
  }

  /** @param candidates keys in the order in which the receipt has them */
  stored(candidates: readonly string[]): StoredFirstPlaces {
    const places = new Map(candidates.map((key, place) => [key, place]));
    return {
      draws: this.draws,
      zones: this.first.map((counts, zone) => [
        this.possible[zone]?.size ?? 0,
        [...counts].map(([key, count]) => [places.get(key) ?? -1, count] as const),
      ]),
    };
  }
}

/**
 * Chances from counts: `floor + (1 − k·floor)·count / draws` for each of the k offers that could be shown, so that they sum to
 * 1, or to less where the zone stayed empty in some draws, and none is 0: importance weights stay bounded.
 */
export function firstPlacesOf(
  { draws, zones }: StoredFirstPlaces,
  candidates: readonly string[],
): FirstPlaces[] {
  return zones.map(([possible, counts]) => {
    const floor = possible === 0 ? 0 : Math.min(FLOOR, ALL_FLOORS / possible);
    const offers = counts
      .map(([place, count]) => ({
        offer: candidates[place] ?? '',
        probability: floor + (1 - possible * floor) * (count / draws),
      }))
      .sort((a, b) => b.probability - a.probability || (a.offer < b.offer ? -1 : 1));
    return { draws, floor, offers };
  });
}
