import type { CapClaim } from '../caps/index.js';
import { isWhole } from '../catalogue/negotiation-schema.js';
import { periodName, type TimeZones } from '../catalogue/time-zones.js';
import type { CompiledNegotiation } from './compile-negotiation.js';

/** Where the levers of an offer stand, each by its key. */
export type OfferTerms = Readonly<Record<string, number>>;

/** A lever that cannot stand there. */
export interface TermFlaw {
  lever: string;
  message: string;
}

export interface Priced {
  /** Every lever, those that are not moved too. */
  terms: OfferTerms;
  /** Millionths of the currency. */
  cost: number;
}

/** What terms come to, with levers that are not named where they begin; or what is wrong with them. */
export function priceTerms(
  { levers }: Pick<CompiledNegotiation, 'levers'>,
  asked: OfferTerms,
): Priced | { flaws: TermFlaw[] } {
  const flaws: TermFlaw[] = [];
  const known = new Set(levers.map(({ key }) => key));
  for (const lever of Object.keys(asked))
    if (!known.has(lever)) flaws.push({ lever, message: `there is no lever ${lever}` });
  const terms: Record<string, number> = {};
  let cost = 0;
  for (const { key, from, to, step, costPerStep } of levers) {
    const value = Object.hasOwn(asked, key) ? (asked[key] ?? from) : from;
    const steps = (value - from) / (to > from ? step : -step);
    const [low, high] = from < to ? [from, to] : [to, from];
    if (value < low || value > high)
      flaws.push({ lever: key, message: `${key} goes from ${low} to ${high}` });
    else if (!isWhole(steps))
      flaws.push({ lever: key, message: `${key} goes in steps of ${step} from ${from}` });
    terms[key] = value;
    cost += Math.round(steps) * costPerStep;
  }
  return flaws.length > 0 ? { flaws } : { terms, cost };
}

/** What a cost takes of which budgets. */
export function budgetClaims(
  { budgets }: Pick<CompiledNegotiation, 'budgets'>,
  cost: number,
  by: { agent: string; now: number; timeZones: TimeZones },
): CapClaim[] {
  const { agent, now, timeZones } = by;
  return budgets.map(({ key, limit, period, timeZone, eachAgent }) => {
    const local = now + (timeZones.offset(timeZone, now) ?? 0);
    const bucket = [
      ...(eachAgent ? [`agent=${agent}`] : []),
      ...(period === null ? [] : [`${period}=${periodName(period, local)}`]),
    ].join(';');
    return { cap: key, person: '', bucket, limit, amount: cost };
  });
}

export function sameTerms(a: OfferTerms, b: OfferTerms): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}
