import type { z } from 'zod';
import { sameJson } from '../same-json.js';
import {
  type LifeAction,
  offerLife,
  type approvalSchema,
  type requestSchema,
  type scheduledSchema,
} from './offer-life-schema.js';

/** An offer as a document: what it says, and where it stands in its life. */
export type OfferDocument = Record<string, unknown> & {
  request?: z.infer<typeof requestSchema> | undefined;
  scheduled?: z.infer<typeof scheduledSchema> | undefined;
  approval?: z.infer<typeof approvalSchema> | undefined;
};

/** Whose word it is, when (ISO 8601), and from when on it shall hold. */
export interface LifeWord {
  by: string;
  at: string;
  effectiveAt?: string | undefined;
  note?: string | undefined;
}

/** What an offer says, without where it stands in its life. */
export function bodyOf<T extends Record<string, unknown>>(offer: T): Omit<T, keyof typeof offerLife> {
  return Object.fromEntries(Object.entries(offer).filter(([name]) => !(name in offerLife))) as Omit<
    T,
    keyof typeof offerLife
  >;
}

/** Where an offer stands in its life, without what it says. */
export function lifeOf(offer: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(offer).filter(([name]) => name in offerLife));
}

/** Whether people may see it. */
export function isShown(offer: Record<string, unknown>): boolean {
  return (offer['status'] ?? 'published') === 'published';
}

/** An offer as it is at a moment (milliseconds): what was scheduled until then is in force. */
export function inForceAt<T extends OfferDocument>(offer: T, now: number): T | OfferDocument {
  const { scheduled } = offer;
  if (scheduled === undefined || Date.parse(scheduled.effectiveAt) > now) return offer;
  const { scheduled: _past, ...life } = lifeOf(offer);
  return { ...scheduled.document, ...life, key: offer['key'], approval: scheduled.approval };
}

/** Somebody asks for a change. */
export function asked(
  offer: OfferDocument,
  action: LifeAction,
  document: Record<string, unknown>,
  word: LifeWord,
): OfferDocument {
  const { rejection: _answered, ...rest } = offer;
  return { ...rest, request: { action, ...said(word), document } };
}

/** Somebody says yes to what was asked for: it is in force, or will be when its time comes. */
export function granted(offer: OfferDocument, { by, at, note }: LifeWord): OfferDocument {
  const { request, rejection: _answered, ...rest } = offer;
  if (!request) return offer;
  const { document, effectiveAt } = request;
  const approval = {
    ...said({ by, at, note: note ?? request.note, effectiveAt }),
    requestedBy: request.by,
    requestedAt: request.at,
  };
  const { draft, ...life } = lifeOf(rest);
  const kept = isDraftOf(draft, document) ? life : lifeOf(rest);
  if (effectiveAt !== undefined && Date.parse(effectiveAt) > Date.parse(at))
    return { ...bodyOf(rest), ...kept, scheduled: { effectiveAt, document, approval } };
  const { scheduled: _overtaken, ...standing } = kept;
  return { ...document, ...standing, key: offer['key'], approval };
}

/** Somebody says no to what was asked for. */
export function rejected(offer: OfferDocument, { by, at, note }: LifeWord): OfferDocument {
  const { request, ...rest } = offer;
  if (!request) return offer;
  return { ...rest, rejection: { requestedBy: request.by, ...said({ by, at, note }) } };
}

/** What was asked for, or is scheduled, is called off. */
export function calledOff({
  request: _request,
  scheduled: _scheduled,
  ...offer
}: OfferDocument): OfferDocument {
  return offer;
}

function said({ by, at, effectiveAt, note }: LifeWord) {
  return { by, at, ...(effectiveAt !== undefined && { effectiveAt }), ...(note !== undefined && { note }) };
}

/** Whether a document is what the draft said: only the status is added, and the key. */
function isDraftOf(draft: unknown, document: Record<string, unknown>): boolean {
  const plain = ({ status: _status, key: _key, ...rest }: Record<string, unknown>) => rest;
  return typeof draft === 'object' && draft !== null && sameJson(plain({ ...draft }), plain(document));
}

/** What happened from one version of an offer to the next; null where there is none. */
export function stepBetween(before: OfferDocument | null, after: OfferDocument | null): string {
  if (after === null) return 'removed';
  if (before === null) return 'written';
  const changed = (name: string) => !sameJson(before[name], after[name]);
  if (after.request && changed('request')) return 'requested';
  if (after.scheduled && changed('scheduled')) return 'scheduled';
  if (after['rejection'] && changed('rejection')) return 'rejected';
  if (after.approval && changed('approval')) return isShown(after) ? 'published' : 'retired';
  if (!sameJson(bodyOf(before), bodyOf(after))) return 'written';
  if (before.request || before.scheduled) return 'cancelled';
  return changed('draft') ? 'drafted' : 'written';
}
