import { parseDuration } from '@repartee/contracts';
import type { CatalogueEntries, CatalogueEntry } from './catalogue-schema.js';
import type { Issue } from './issue.js';
import { OfferSelector } from './offer-selection.js';
import type { ContactPolicy } from './policy-schema.js';
import type { CompiledContactPolicy } from './snapshot.js';

/** Policies, sorted by what they do. */
export interface CompiledPolicies {
  contactPolicies: CompiledContactPolicy[];
}

/** Makes policies ready for decisions. */
export function compilePolicies(
  documents: CatalogueEntries,
  pointerOf: (entry: CatalogueEntry) => string,
  problems: Issue[],
): CompiledPolicies {
  const selector = new OfferSelector(documents, problems);
  const contactPolicies = documents.policies.map((policy) =>
    compileContactPolicy(policy, selector.select(policy.of, `${pointerOf(policy)}/of`)),
  );
  return { contactPolicies };
}

function compileContactPolicy(policy: ContactPolicy, of: ReadonlySet<string> | null): CompiledContactPolicy {
  const { key, outcomes, channels, on, count, suppress } = policy;
  return {
    key,
    of,
    outcomes: new Set(outcomes),
    channels: channels ? new Set(channels) : null,
    on: on ? new Set(on) : null,
    count,
    within: parseDuration(policy.within) ?? 0,
    lasts: policy.for === undefined ? null : (parseDuration(policy.for) ?? 0),
    suppress,
  };
}
