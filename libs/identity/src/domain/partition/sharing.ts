import { type NamespacePolicies, policyOf } from '../namespace-policy.js';
import { namesPerson } from './names-person.js';
import { isEarlier, isProof, type Link } from './evidence.js';
import { isClaim, isDevice, namespaceOf } from './node.js';

/** From when on each shared identifier links nobody: key → event time, milliseconds since the epoch. */
export type Sharing = ReadonlyMap<string, number>;

interface Meeting {
  namespace: string;
  key: string;
  at: number;
  eventId: string;
}

/**
 * Finds the identifiers that too many people have. People are counted by the stronger identifiers that were seen
 * with it: v values of a kind of which a person may have l are at least v / l people. What merely was claimed counts
 * on the claimant's own device alone, so that nobody can make a stranger's address useless.
 */
export function sharedSince(links: readonly Link[], policies: NamespacePolicies): Sharing {
  const meetings = new Map<string, Meeting[]>();
  const meet = (key: string, other: string, { at, eventId }: Link) => {
    if (isClaim(other) || other === key) return;
    const list = meetings.get(key) ?? [];
    list.push({ namespace: namespaceOf(other), key: other, at, eventId });
    meetings.set(key, list);
  };
  for (const link of links) {
    if (link.rule === 'alias') continue;
    if (isProof(link)) meet(link.b, link.a, link);
    else if (isDevice(link.a) && namesPerson(link.b, policies)) meet(link.a, link.b, link);
  }
  const shared = new Map<string, number>();
  for (const [key, list] of meetings) {
    const since = tooManySince(key, list, policies);
    if (since !== undefined) shared.set(key, since);
  }
  return shared;
}

function tooManySince(key: string, meetings: Meeting[], policies: NamespacePolicies): number | undefined {
  const {
    sharedAbove,
    sharedWithin = Number.POSITIVE_INFINITY,
    priority,
  } = policyOf(namespaceOf(key), policies);
  if (!Number.isFinite(sharedAbove)) return undefined;
  const first = new Map<string, Meeting>();
  for (const meeting of meetings) {
    if (policyOf(meeting.namespace, policies).priority >= priority) continue;
    const held = first.get(meeting.key);
    if (!held || isEarlier(meeting, held)) first.set(meeting.key, meeting);
  }
  const times = new Map<string, number[]>();
  let earliest: number | undefined;
  for (const { namespace, at } of [...first.values()].sort((a, b) => (isEarlier(a, b) ? -1 : 1))) {
    const policy = policyOf(namespace, policies);
    if (!policy.strong) continue;
    const seen = times.get(namespace) ?? [];
    times.set(namespace, seen);
    seen.push(at);
    const before = seen[seen.length - 1 - sharedAbove * policy.limit];
    if (before !== undefined && at - before <= sharedWithin && (earliest === undefined || at < earliest))
      earliest = at;
  }
  return earliest;
}
