import { dollars } from './cents.js';

/** Every so many purchases one costs nothing, and one is the same as the customer's last: the real file has both. */
const FREE_EVERY = 149;
const REPEATED_EVERY = 83;
const DAY = 86_400_000;
/** The cohort bought first in these twelve weeks, and was watched until the end of June 1998. */
const FIRST_DAY = Date.UTC(1997, 0, 1);
const COHORT_DAYS = 84;
const LAST_DAY = Date.UTC(1998, 5, 30);
const MOST_PURCHASES = 200;
const HEADER = ' customer_id  date number_of_cds  dollar_value';

/** A small generator of pseudo-random numbers in [0, 1) (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * P(k) ∝ k^−1.4 · e^(−k/12), cumulated. It follows the real file closely: half of the customers buy once,
 * one in eight more than five times, a few very often.
 */
function purchaseCounts(): number[] {
  const weights = Array.from({ length: MOST_PURCHASES }, (_, index) => {
    const count = index + 1;
    return count ** -1.4 * Math.exp(-count / 12);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let reached = 0;
  return weights.map((weight) => (reached += weight / sum));
}

/**
 * A twin of the CDNOW file: made up, of the same form, with the same oddities (a header, CRLF, purchases of zero
 * dollars, equal lines). The same seed gives the same customers; more customers only add lines at the end.
 */
export function generateTwin(options: { customers: number; seed: number }): string {
  const random = randomNumbers(options.seed);
  const counts = purchaseCounts();
  const lines = [HEADER];
  for (let customer = 1; customer <= options.customers; customer += 1) {
    const drawn = random();
    const count = counts.findIndex((reached) => drawn < reached) + 1 || MOST_PURCHASES;
    const firstDay = FIRST_DAY + Math.floor(random() * COHORT_DAYS) * DAY;
    const days = Array.from({ length: count }, (_, place) => dayOf(place, firstDay, random)).sort();
    days.forEach((day, place) => {
      const last = place > 0 ? lines.at(-1) : undefined;
      const repeated = lines.length % REPEATED_EVERY === 0 ? last : undefined;
      const { units, cents } = basket(random);
      const value = lines.length % FREE_EVERY === 0 ? 0 : cents;
      lines.push(repeated ?? line(customer, day, units, value));
    });
  }
  return lines.map((content) => `${content}\r\n`).join('');
}

function dayOf(place: number, firstDay: number, random: () => number): string {
  const at = place === 0 ? firstDay : firstDay + Math.floor((random() * (LAST_DAY - firstDay)) / DAY) * DAY;
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}

function basket(random: () => number): { units: number; cents: number } {
  let units = 1;
  while (units < 40 && random() < 0.55) units += 1;
  let cents = 0;
  for (let bought = 0; bought < units; bought += 1) cents += 997 + Math.floor(random() * 900);
  return { units, cents };
}

function line(customer: number, day: string, units: number, cents: number): string {
  const id = String(customer).padStart(5, '0');
  return ` ${id} ${day} ${String(units).padStart(2)} ${dollars(cents).padStart(7)}`;
}
