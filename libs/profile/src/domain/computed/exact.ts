/**
 * A sum of decimal numbers that does not depend on their order: whole units and millionths, both integers, the
 * millionths from 0 to 999,999. Each number is rounded to millionths once, when it comes in.
 */
export type Exact = readonly [whole: number, millionths: number];

const MILLION = 1_000_000;
/** Larger amounts are no amounts. Sums of thousands of them stay below 2^53. */
export const LARGEST = 1e12;

export function exact(value: number): Exact {
  const whole = Math.floor(value);
  return carry(whole, Math.round((value - whole) * MILLION));
}

export function addExact(a: Exact, b: Exact): Exact {
  return carry(a[0] + b[0], a[1] + b[1]);
}

export function toNumber([whole, millionths]: Exact): number {
  // Divided once, so that 0.1 + 0.2 shows as 0.3.
  const sum = whole * MILLION + millionths;
  return Number.isSafeInteger(sum) ? sum / MILLION : whole + millionths / MILLION;
}

function carry(whole: number, millionths: number): Exact {
  const over = Math.floor(millionths / MILLION);
  return [whole + over, millionths - over * MILLION];
}
