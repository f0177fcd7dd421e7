import { createHash } from 'node:crypto';
import type { Rejection } from '../../../domain/admit-event.js';
import { IMPORTED } from '../../../domain/imported.js';
import type { RowEvent } from '../../../domain/imports/row-mapper.js';
import { judgeEvent, type PlanCheck } from '../../../domain/judge-event.js';

/** An event that the tracking plan wants in quarantine. */
export interface HeldEvent extends Rejection {
  /** Digest of what makes it this event, as a UUID. */
  key: string;
  /** JSON text. */
  body: string;
}

/** What becomes of one event of a row. */
export type AdmittedRowEvent =
  /** As the log stores it, as JSON. */
  { key: string; event: string } | { held: HeldEvent; reason: string } | { reason: string };

/** Whose rows are read, by which import, and what they are held to. */
export interface RowDesk {
  source: string;
  importId: string;
  /** Business time, milliseconds since the epoch: rows that say no time happened then. */
  now(): number;
  check: PlanCheck;
}

/** Brings an event of a row into the form of the log, or says why the log or the tracking plan refuses it. */
export function admitRow(
  { body, key, person }: RowEvent,
  line: number,
  { source, importId, now, check }: RowDesk,
): AdmittedRowEvent {
  const digest = digestOf(source, key);
  const messageId = `${IMPORTED}${digest.toString('base64url')}`;
  const context = { ...(body['context'] as object | undefined), import: { id: importId, line } };
  const anonymous = person !== undefined && {
    anonymousId: `${IMPORTED}${digestOf(source, person).toString('base64url')}`,
  };
  const envelope = { source, verified: true, receivedAt: now() };
  const outcome = judgeEvent({ ...body, ...anonymous, context, messageId }, envelope, '', check);
  if ('rejected' in outcome) return { reason: inWords(outcome.rejected) };
  if ('offPlan' in outcome) {
    const { offPlan, action, payload } = outcome;
    if (action === 'block') return { reason: `breaks the tracking plan: ${inWords(offPlan)}` };
    return {
      reason: `waits in quarantine, it breaks the tracking plan: ${inWords(offPlan)}`,
      held: { ...offPlan, key: uuidOf(digest), body: payload },
    };
  }
  const { lane, type, name, occurredAt, payload } = outcome.admitted;
  if (payload.includes('\ufffd'))
    return { reason: 'holds bytes that are no text in the encoding of the file' };
  const rest = JSON.stringify({ lane, message_id: messageId, type, name, occurred_at: new Date(occurredAt) });
  const uuid = uuidOf(digest);
  return { key: uuid, event: `{"key":"${uuid}",${rest.slice(1, -1)},"payload":${payload}}` };
}

function inWords({ errors: [error] }: Rejection): string {
  return `${error?.pointer ?? '#'} ${error?.detail ?? 'is not accepted'}`;
}

/** 128 bits of SHA-256: enough that no two rows of all files share one. */
function digestOf(source: string, key: string): Buffer {
  return createHash('sha256').update(source).update('\0').update(key).digest().subarray(0, 16);
}

function uuidOf(digest: Buffer): string {
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
