import type { RawRequest } from '@repartee/connector-sdk';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds that a clock may differ, either way. */
const TOLERANCE = 300;

/**
 * Signs a report: HMAC-SHA256 in hexadecimal over `timestamp.body`.
 * @param timestamp seconds since the epoch, as the header says them
 */
export function signReport(timestamp: string, body: Uint8Array, key: string): string {
  return createHmac('sha256', key).update(`${timestamp}.`).update(body).digest('hex');
}

/** Whether a telephone system that has the key signed this request lately. */
export function isSignedReport({ headers, body }: RawRequest, key: string, now: number): boolean {
  const timestamp = headers['x-call-timestamp'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const given = Buffer.from(headers['x-call-signature'] ?? '');
  const right = Buffer.from(signReport(timestamp, body, key));
  return given.length === right.length && timingSafeEqual(given, right);
}
