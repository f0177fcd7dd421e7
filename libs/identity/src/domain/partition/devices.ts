import type { NamespacePolicies } from '../namespace-policy.js';
import { claimantOf } from './claims.js';
import { namesPerson } from './names-person.js';
import type { ConstrainedClusters } from './clusters.js';
import type { DroppedEdge, Edge } from './edges.js';
import { isEarlier, isProof, type Link, type SignOut } from './evidence.js';
import { spanKey } from './node.js';
import type { Sharing } from './sharing.js';

/** Sign-outs of one device that start a new anonymous profile each; later ones are more of the same. */
export const MAX_SIGN_OUTS = 200;

interface SignIn {
  person: string;
  at: number;
  eventId: string;
}

/**
 * The moments at which a device starts anew: when a second person signs in on it, and when somebody signs out.
 * A device that was handed over once belongs to nobody until somebody signs out; then it starts anew again.
 */
function startsOf(signIns: SignIn[], signOuts: SignOut[], clusters: ConstrainedClusters): number[] {
  const [first] = signIns;
  if (!first) return [];
  // Whoever signs out was there until that very moment.
  const outs = signOuts
    .filter(({ at }) => at >= first.at)
    .map(({ at }) => at + 1)
    .sort((a, b) => a - b)
    .slice(0, MAX_SIGN_OUTS);
  const second = signIns.find(({ person }) => !clusters.together(person, first.person))?.at;
  const handOver = second !== undefined && second < (outs[0] ?? Number.POSITIVE_INFINITY) ? [second] : [];
  return [...new Set([...handOver, ...outs])];
}

function signInsOf(links: readonly Link[], sharing: Sharing, policies: NamespacePolicies): SignIn[] {
  const isShared = ({ a, at }: Link) => at >= (sharing.get(a) ?? Number.POSITIVE_INFINITY);
  return links
    .filter((link) => (isProof(link) ? !isShared(link) : namesPerson(link.b, policies)))
    .map((link) => ({
      person: isProof(link) ? link.a : claimantOf(link, policies),
      at: link.at,
      eventId: link.eventId,
    }))
    .sort((one, other) => (isEarlier(one, other) ? -1 : 1));
}

/**
 * Cuts devices into spans and gives each device's first span, its anonymous history, to the one person who signed in
 * first. Everything anonymous after a hand-over or a sign-out is a new anonymous profile's.
 *
 * @param links those that hold the device, by device; claims of people on it among them
 * @returns the starts of each device's later spans
 */
export function placeDevices(
  devices: readonly string[],
  evidence: {
    links: ReadonlyMap<string, Link[]>;
    signOuts: ReadonlyMap<string, SignOut[]>;
    sharing: Sharing;
  },
  clusters: ConstrainedClusters,
  policies: NamespacePolicies,
): { starts: Map<string, number[]>; kept: Edge[]; dropped: DroppedEdge[] } {
  const starts = new Map<string, number[]>();
  const kept: Edge[] = [];
  const dropped: DroppedEdge[] = [];
  const attach: Edge[] = [];
  for (const device of devices) {
    const signIns = signInsOf(evidence.links.get(device) ?? [], evidence.sharing, policies).filter(
      ({ person }) => clusters.has(person),
    );
    const found = startsOf(signIns, evidence.signOuts.get(device) ?? [], clusters);
    starts.set(device, found);
    for (const since of found) clusters.add(spanKey(device, since));
    for (const { person, at, eventId } of signIns)
      attach.push({ a: person, b: device, kind: 'sign-in', weight: 0, at, id: eventId });
  }
  attach.sort((x, y) => x.at - y.at || (`${x.id}${x.b}` < `${y.id}${y.b}` ? -1 : 1));
  const placed = new Set<string>();
  for (const edge of attach) {
    const first = !placed.has(edge.b);
    placed.add(edge.b);
    const again = clusters.together(edge.a, edge.b);
    const reason = first && !again ? clusters.join(edge.a, edge.b, { limits: true, weak: true }) : undefined;
    if (first && reason === undefined) kept.push(edge);
    else if (!again) dropped.push({ ...edge, reason: reason ?? 'weak' });
  }
  return { starts, kept, dropped };
}
