import { fail, ok, type Result } from '@repartee/contracts';
import { z } from 'zod';
import { DEFAULT_POLICIES, type NamespacePolicies, policyOf } from './domain/index.js';

/** The variable that overrides policies: JSON, namespace → the properties that differ. */
export const POLICY_VARIABLE = 'REPARTEE_IDENTITY_POLICIES';

const overridesSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  z.strictObject({
    priority: z.number().min(0).max(1000).optional(),
    limit: z.int().min(1).max(10_000).optional(),
    strong: z.boolean().optional(),
    sharedAbove: z.int().min(1).max(200).optional(),
    sharedWithin: z.int().min(1).optional(),
  }),
);

/** The namespace policies in force. */
export class IdentityPolicies {
  constructor(readonly all: NamespacePolicies = DEFAULT_POLICIES) {}

  /**
   * The shipped policies with what the environment says otherwise.
   * @returns what is wrong with it, in one line
   */
  static read(text: string | undefined): Result<IdentityPolicies, string> {
    if (text === undefined) return ok(new IdentityPolicies());
    const parsed = overridesSchema.safeParse(json(text));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return fail(
        `${POLICY_VARIABLE} ${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? 'no JSON'}`,
      );
    }
    const all: Record<string, NamespacePolicies[string]> = { ...DEFAULT_POLICIES };
    for (const [namespace, said] of Object.entries(parsed.data)) {
      const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
      all[namespace] = { ...policyOf(namespace, DEFAULT_POLICIES), ...known };
    }
    return ok(new IdentityPolicies(all));
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
