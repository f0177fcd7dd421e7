import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const MAX = 5 * 366 * 86_400_000;

/**
 * Reads a duration: `90s`, `1h30m`, or ISO 8601 without years and months (`PT1H30M`, `P30D`).
 * @returns milliseconds; undefined when it is none, or longer than five years
 */
export function parseDuration(text: string): number | undefined {
  const milliseconds = text.startsWith('P') ? parseIso(text) : parseShort(text);
  return milliseconds !== undefined && milliseconds <= MAX ? milliseconds : undefined;
}

function parseShort(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  }
  return total;
}

function parseIso(text: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (
    (weeks ?? 0) * 604_800_000 +
    (days ?? 0) * 86_400_000 +
    (hours ?? 0) * 3_600_000 +
    (minutes ?? 0) * 60_000 +
    (seconds ?? 0) * 1000
  );
}

/** A duration in a document, kept as it was written. */
export const durationSchema = z
  .string()
  .max(40)
  .refine((text) => parseDuration(text) !== undefined, 'must be a duration as 90s, 1h30m or P30D');
