import type { z } from 'zod';
import { type DecisionRequest, decisionRequestSchema } from './decisions.js';
import type { Identifiers } from './identifiers.js';
import { isPlainObject, isText } from './plain-values.js';

/** What the plainest requests hold; any other member is for the schema. */
const PLAIN_MEMBERS = new Set(['identifiers', 'channel', 'zones', 'context']);
const MAX_KEY = 200;
const MAX_ZONES = 20;
const MAX_COUNT = 50;
const MAX_IDENTIFIERS = 20;
const MAX_NAMESPACE = 64;
const MAX_VALUE = 512;

type Read = { success: true; data: DecisionRequest } | { success: false; error: z.ZodError };

/**
 * Reads a request for a decision as {@link decisionRequestSchema} does, with the same outcome. Plain requests, which
 * nearly all are, are recognised by hand at a fraction of the schema's time; whatever else there is, the schema judges.
 */
export function readDecisionRequest(value: unknown): Read {
  const plain = isPlainObject(value) ? plainRequest(value) : undefined;
  return plain ? { success: true, data: plain } : decisionRequestSchema.safeParse(value);
}

function plainRequest(value: Readonly<Record<string, unknown>>): DecisionRequest | undefined {
  for (const member of Object.keys(value)) if (!PLAIN_MEMBERS.has(member)) return undefined;
  const { channel, context = {} } = value;
  const identifiers = plainIdentifiers(value['identifiers']);
  const zones = plainZones(value['zones']);
  if (!identifiers || !zones || !isText(channel, MAX_KEY) || !isPlainObject(context)) return undefined;
  return { identifiers, channel, zones, context };
}

function plainIdentifiers(value: unknown): Identifiers | undefined {
  if (!isPlainObject(value)) return undefined;
  const names = Object.keys(value);
  if (names.length > MAX_IDENTIFIERS) return undefined;
  for (const name of names)
    if (!isText(name, MAX_NAMESPACE) || !isText(value[name], MAX_VALUE)) return undefined;
  return value as Identifiers;
}

function plainZones(value: unknown): DecisionRequest['zones'] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ZONES) return undefined;
  const zones: DecisionRequest['zones'] = [];
  for (const asked of value as unknown[]) {
    if (!isPlainObject(asked)) return undefined;
    const { zone, count = 1 } = asked;
    if (!isText(zone, MAX_KEY) || !isCount(count)) return undefined;
    zones.push({ zone, count });
  }
  return zones;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_COUNT;
}
