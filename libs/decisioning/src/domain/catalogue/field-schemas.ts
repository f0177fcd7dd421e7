import { z } from 'zod';
import { TimeZones } from './time-zones.js';

export const titleSchema = z.string().min(1).max(200);

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a currency is three capital letters (ISO 4217)');

export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'an ISO 8601 date and time with offset, as 2026-01-31T09:00:00Z',
});

/** A time zone of the IANA database. */
export const zoneNameSchema = z
  .string()
  .max(64)
  .refine((zone) => new TimeZones().offset(zone, 0) !== null, 'must be a time zone as Europe/Vienna');

export const ruleSchema = z.string().min(1).max(4000);

/** An instant, or a time on the person's own clock. */
export const momentSchema = z.iso.datetime({
  offset: true,
  local: true,
  error: 'an ISO 8601 date and time, as 2026-01-31T09:00:00Z, or 2026-01-31T09:00:00 by the person’s clock',
});
