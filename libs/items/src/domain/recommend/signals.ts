import type { ItemMemory, MetItems } from '@repartee/profile/domain';
import type { Counter } from './settings.js';

/** Something to be counted: of one item, or of two that were met together. Of two, each pair once, the lesser id first. */
export interface Signal {
  counter: Counter;
  item: string;
  other: string | null;
  weight: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * Views of one person within one day (UTC) are together, after "within a given time period (usually 24 hours)" of
 * J. Davidson et al.: "The YouTube video recommendation system", RecSys 2010.
 */
const WINDOW = 86_400_000;

/** What makes an item popular: an order says more than a look. */
const POPULARITY = { viewed: 1, added: 4, bought: 10 } as const;

/** Items of one order that are paired; beyond it an order says little of any two of them. */
const MOST_PAIRED = 40;

/**
 * What an event adds to the counts, given what the person remembers from before it.
 *
 * A person counts once a day for each item viewed and each pair viewed on the same day, at the beginning of that day:
 * who reloads a page a thousand times counts once, and the order of a day's views makes no difference. Items of an
 * order count together, at its time.
 * @param first whether the order has not been counted before
 */
export function signalsOf(memory: ItemMemory | undefined, met: MetItems, at: number, first = true): Signal[] {
  if (met.encounter === 'bought') return first ? orderSignals(met.items, at) : [];
  const day = Math.floor(at / WINDOW) * WINDOW;
  const [item = ''] = met.items;
  const today = (memory?.[met.encounter] ?? []).filter(([, time]) => time >= day && time < day + WINDOW);
  if (today.some(([other]) => other === item)) return [];
  const popular: Signal = {
    counter: 'popularity',
    item,
    other: null,
    weight: POPULARITY[met.encounter],
    at: day,
  };
  if (met.encounter === 'added') return [popular];
  const pairs = today.map(([other]) => pair('view', item, other, day));
  return [popular, { counter: 'view', item, other: null, weight: 1, at: day }, ...pairs];
}

function orderSignals(items: readonly string[], at: number): Signal[] {
  const paired = items.slice(0, MOST_PAIRED);
  const pairs = paired.flatMap((item, index) =>
    paired.slice(index + 1).map((other) => pair('purchase', item, other, at)),
  );
  const singles = items.flatMap((item): Signal[] => [
    { counter: 'popularity', item, other: null, weight: POPULARITY.bought, at },
    { counter: 'purchase', item, other: null, weight: 1, at },
  ]);
  return [...singles, ...pairs];
}

function pair(counter: Counter, a: string, b: string, at: number): Signal {
  return { counter, item: a < b ? a : b, other: a < b ? b : a, weight: 1, at };
}
