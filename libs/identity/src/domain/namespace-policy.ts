/** What identity believes of one kind of identifier. */
export interface NamespacePolicy {
  /** Lower comes first: an event belongs to whom its first identifier names. */
  priority: number;
  /** Values one person may have. */
  limit: number;
  /** A weak identifier never joins two people who are known by a strong one. */
  strong: boolean;
  /** Seen with more people than this, it is *shared*: from then on it links nobody. */
  sharedAbove: number;
  /** Milliseconds: only people first seen within a stretch of this length count as sharing. Unbounded unless given. */
  sharedWithin?: number;
}

/** Policies by namespace. A namespace that has none is some other system's id of a person. */
export type NamespacePolicies = Readonly<Record<string, NamespacePolicy>>;

/** The namespace of a device's own random id: it says where something happened, not who did it. */
export const DEVICE = 'anonymous_id';

const EXTERNAL: NamespacePolicy = { priority: 1, limit: 5, strong: true, sharedAbove: 3 };

/** The policies in force unless a configuration overrides them. */
export const DEFAULT_POLICIES: NamespacePolicies = {
  user_id: { priority: 0, limit: 1, strong: true, sharedAbove: Number.POSITIVE_INFINITY },
  email: { priority: 2, limit: 5, strong: true, sharedAbove: 5 },
  phone: { priority: 3, limit: 5, strong: false, sharedAbove: 5 },
  [DEVICE]: { priority: 4, limit: 100, strong: false, sharedAbove: 5 },
};

export function policyOf(namespace: string, policies: NamespacePolicies): NamespacePolicy {
  return Object.hasOwn(policies, namespace) ? (policies[namespace] ?? EXTERNAL) : EXTERNAL;
}

/** Values that senders write when they know nobody: they name no person and never link. */
const BLOCKED_VALUES = new Set([
  'null',
  'undefined',
  'none',
  'nil',
  'nan',
  'n/a',
  'na',
  'anonymous',
  'guest',
  'unknown',
  'test',
  'true',
  'false',
  '-1',
  '[object object]',
  '{}',
  '[]',
]);

/** Whether a value is a placeholder: one of the list, or zeros and dashes alone. */
export function isBlocked(value: string): boolean {
  return BLOCKED_VALUES.has(value.toLowerCase()) || /^[0\-\s.]+$/.test(value);
}
