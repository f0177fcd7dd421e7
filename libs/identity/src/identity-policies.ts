import { DEFAULT_POLICIES, type NamespacePolicies } from './domain/index.js';

/** The namespace policies in force. */
export class IdentityPolicies {
  constructor(readonly all: NamespacePolicies = DEFAULT_POLICIES) {}
}
