import { type NamespacePolicies, policyOf } from '../namespace-policy.js';
import { namespaceOf } from './node.js';

/** Whether an identifier says who somebody is, and not only where to reach them. */
export function namesPerson(key: string, policies: NamespacePolicies): boolean {
  return policyOf(namespaceOf(key), policies).limit === 1;
}
