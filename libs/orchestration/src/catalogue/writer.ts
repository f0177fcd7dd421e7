import { knownCallerOf } from '@repartee/access';
import type { Writing } from '@repartee/decisioning/domain';
import type { FastifyRequest } from 'fastify';

/** The scope of who may say yes to changes of what is in force. */
export const MAY_APPROVE = 'approvals:write';

/** Who writes, as the catalogue wants to know it. */
export function writerOf(request: FastifyRequest): Writing {
  const { keyId, scopes: ofKey, person } = knownCallerOf(request);
  const scopes = person?.adminScopes ?? ofKey;
  return { by: keyId, mayApprove: scopes.includes('*') || scopes.includes(MAY_APPROVE) };
}
