import { MICROS } from '../catalogue/money.js';
import type { Offer } from '../catalogue/catalogue-schema.js';
import type { Period } from '../catalogue/time-zones.js';

export interface CompiledLever {
  key: string;
  from: number;
  to: number;
  step: number;
  /** Millionths of the currency. */
  costPerStep: number;
}

export interface CompiledNegotiation {
  levers: readonly CompiledLever[];
  budgets: readonly {
    /** Names its counters; no policy's key holds a `#`. */
    key: string;
    /** Millionths of the currency. */
    limit: number;
    period: Period | null;
    timeZone: string;
    eachAgent: boolean;
  }[];
}

/** Makes what may be negotiated ready; null for offers of which nothing may. */
export function compileNegotiation({ key: offer, negotiation }: Offer): CompiledNegotiation | null {
  if (negotiation === undefined) return null;
  return {
    levers: negotiation.levers.map(({ key, from, to, step, costPerStep }) => ({
      key,
      from,
      to,
      step,
      costPerStep: Math.round(costPerStep * MICROS),
    })),
    budgets: negotiation.budgets.map(({ amount, period = null, timeZone, each }, index) => ({
      key: `${offer}#negotiation${index}`,
      limit: Math.round(amount * MICROS),
      period,
      timeZone,
      eachAgent: each === 'agent',
    })),
  };
}
