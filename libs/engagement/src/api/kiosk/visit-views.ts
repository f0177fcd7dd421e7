import type { z } from 'zod';
import type { takenSchema, visitSchema } from './visit-schemas.js';
import type { OpenVisit, TakenVisit } from './visits.js';

export function visitView(visit: OpenVisit & { phone?: string }, now: number): z.output<typeof visitSchema> {
  const { id, anonymousId, token, idleAt, proved, phone } = visit;
  return {
    ...{ id, anonymousId, token, known: proved !== null },
    ...(phone !== undefined && { phone }),
    ...{ idleAt: idleAt.toISOString(), now: new Date(now).toISOString() },
  };
}

export function takenView({ expiresAt, ...taken }: TakenVisit, now: number): z.output<typeof takenSchema> {
  return { ...taken, expiresAt: expiresAt.toISOString(), now: new Date(now).toISOString() };
}
