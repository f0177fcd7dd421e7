import type { DropReason } from './clusters.js';
import type { Edge } from './edges.js';
import { baseOf, isClaim, namespaceOf, partsOfClaim } from './node.js';
import type { Partition } from './partition.js';

/** One thing that speaks for two being one person, followed or not, in words and numbers. */
export interface ExplainedLink {
  a: string;
  b: string;
  rule: Edge['kind'];
  words: string;
  /** log2 odds of a match; null for what is no matter of degree. */
  weight: number | null;
  /** Event time. */
  at: string;
  /** The event, verdict or match it comes from. */
  id: string;
  /** Why it was not followed; null where it was. */
  reason: DropReason | null;
}

/** Why two groups of nodes are one person's, or are not. */
export interface LinkExplanation {
  samePerson: boolean;
  /** What leads from the one to the other, step by step. */
  links: ExplainedLink[];
  /** What would lead from the one to the other and was not followed. */
  notFollowed: ExplainedLink[];
}

const RULES: Readonly<Record<Edge['kind'], string>> = {
  verdict: 'A person said that both are one.',
  alias: 'An alias call of a server said that both are one.',
  event: 'A proved event named both.',
  'sign-in': 'It was the first sign-in on the device.',
  claim: 'An event without proof named both.',
  match: 'What sources say of both is alike.',
};

const REASONS: Readonly<Record<DropReason, string>> = {
  verdict: 'A person said that they are two.',
  limit: 'One person would have more identifiers of a kind than the limit.',
  weak: 'This kind of link does not join two people who are both known.',
  shared: 'Too many people have the identifier; it links nobody.',
  size: 'The person would be made of more records than is likely.',
  bridge: 'The two groups of records as a whole do not look alike.',
  unproved: 'It was merely claimed, and somebody else has it.',
};

function nameOf(node: string): string {
  if (!isClaim(node)) return baseOf(node);
  const { person, device } = partsOfClaim(node);
  return device === '' ? `claim of ${person}` : `claim of ${person} on ${device}`;
}

function inWords(edge: Edge, reason: DropReason | null): ExplainedLink {
  const { a, b, kind, weight, at, id } = edge;
  const said =
    kind === 'event'
      ? `A proved event named both the ${namespaceOf(a)} and the ${namespaceOf(b)}.`
      : RULES[kind];
  return {
    a: nameOf(a),
    b: nameOf(b),
    rule: kind,
    words: reason === null ? said : `${said} It was not followed: ${REASONS[reason]}`,
    weight: kind === 'match' ? weight : null,
    at: new Date(at).toISOString(),
    id,
    reason,
  };
}

/** Finds what holds two groups of nodes together, or what would and was not followed. */
export function explainLink(
  result: Partition,
  left: readonly string[],
  right: readonly string[],
): LinkExplanation {
  const path = shortestPath(result.kept, new Set(left), new Set(right));
  const clusterOf = new Map(
    result.clusters.flatMap((members, index) => members.map((node) => [node, index])),
  );
  const indexes = (nodes: readonly string[]) => new Set(nodes.flatMap((node) => clusterOf.get(node) ?? []));
  const [ours, theirs] = [indexes(left), indexes(right)];
  const across = ({ a, b }: Edge) => {
    const [x, y] = [clusterOf.get(a) ?? -1, clusterOf.get(b) ?? -1];
    const keys = (nodes: readonly string[], key: string) => nodes.includes(key);
    return (
      (ours.has(x) && theirs.has(y)) ||
      (ours.has(y) && theirs.has(x)) ||
      (keys(left, a) && keys(right, b)) ||
      (keys(left, b) && keys(right, a))
    );
  };
  return {
    samePerson: [...ours].some((index) => theirs.has(index)),
    links: (path ?? []).map((edge) => inWords(edge, null)),
    notFollowed: result.dropped.filter(across).map((edge) => inWords(edge, edge.reason)),
  };
}

/** All that holds the nodes of one person together, and what else was said of them and not followed. */
export function explainMembers(
  result: Partition,
  nodes: readonly string[],
): Pick<LinkExplanation, 'links' | 'notFollowed'> {
  const own = new Set(nodes);
  const members = new Set(result.clusters.filter((one) => one.some((node) => own.has(node))).flat());
  const within = ({ a, b }: Edge) => members.has(a) && members.has(b);
  const touches = ({ a, b }: Edge) => members.has(a) || members.has(b);
  return {
    links: result.kept.filter(within).map((edge) => inWords(edge, null)),
    notFollowed: result.dropped.filter(touches).map((edge) => inWords(edge, edge.reason)),
  };
}

function shortestPath(
  edges: readonly Edge[],
  from: ReadonlySet<string>,
  to: ReadonlySet<string>,
): Edge[] | undefined {
  const near = new Map<string, Edge[]>();
  for (const edge of edges)
    for (const node of [edge.a, edge.b]) near.set(node, [...(near.get(node) ?? []), edge]);
  const cameBy = new Map<string, { edge: Edge; before: string } | null>(
    [...from].map((node) => [node, null]),
  );
  for (const node of cameBy.keys()) {
    if (to.has(node) && !from.has(node)) return trace(cameBy, node);
    for (const edge of near.get(node) ?? []) {
      const next = edge.a === node ? edge.b : edge.a;
      if (!cameBy.has(next)) cameBy.set(next, { edge, before: node });
    }
  }
  return undefined;
}

function trace(cameBy: ReadonlyMap<string, { edge: Edge; before: string } | null>, end: string): Edge[] {
  const path: Edge[] = [];
  for (let step = cameBy.get(end); step; step = cameBy.get(step.before)) path.unshift(step.edge);
  return path;
}
