import { periodEnd, type CompiledCap, type TimeZones } from '../catalogue/index.js';

/** When an obstacle goes by itself. */
export interface Lifting {
  /**
   * `at`: then, if nothing else happens. `earliest`: not before, and perhaps not then. `never`: not by itself. `change`: when a
   * fact or the configuration changes, nobody knows when.
   */
  when: 'at' | 'earliest' | 'never' | 'change';
  /** Milliseconds; null of `never` and `change`. */
  at: number | null;
}

export const NEVER: Lifting = { when: 'never', at: null };
export const BY_CHANGE: Lifting = { when: 'change', at: null };

/** How much of a hard cap's counter is taken. */
export interface CapStanding {
  cap: string;
  used: number;
  limit: number;
  amount: number;
  /** When the next reservation runs out that nobody has confirmed; milliseconds. */
  nextExpiry: number | null;
}

/** A full cap has room again when its period ends, or when what is merely held is given back. */
export function capLifting(
  { nextExpiry }: CapStanding,
  cap: Pick<CompiledCap, 'period' | 'timeZone'> | undefined,
  now: number,
  zones: TimeZones,
): Lifting {
  const ends = cap?.period == null ? Infinity : periodEnd(cap.period, now, cap.timeZone, zones);
  if (nextExpiry !== null && nextExpiry < ends) return { when: 'earliest', at: nextExpiry };
  return Number.isFinite(ends) ? { when: 'at', at: ends } : BY_CHANGE;
}

/** When people are drawn anew for the control group: the first moment of the next month (UTC). */
export function nextMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
