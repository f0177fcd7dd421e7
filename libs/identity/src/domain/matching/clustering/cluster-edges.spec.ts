import fc from 'fast-check';
import { clusterEdges } from './cluster-edges.js';
import type { MatchEdge } from './match-edge.js';

const policy = { mergeAt: 0, maxSize: 10 };
const edge = (a: string, b: string, weight: number): MatchEdge => ({
  id: `${a} ${b}`,
  a,
  b,
  weight,
  priority: 0,
  at: 0,
});
const weightIn =
  (edges: readonly MatchEdge[], otherwise: number) =>
  (a: string, b: string): number =>
    edges.find((known) => (known.a === a && known.b === b) || (known.a === b && known.b === a))?.weight ??
    otherwise;

describe('clusterEdges', () => {
  it('joins what supports each other', () => {
    const edges = [edge('a', 'b', 9), edge('b', 'c', 8), edge('a', 'c', 7), edge('x', 'y', 5)];
    const { clusters, dropped } = clusterEdges(edges, weightIn(edges, -10), policy);
    expect(clusters).toEqual([
      ['a', 'b', 'c'],
      ['x', 'y'],
    ]);
    expect(dropped).toEqual([]);
  });

  it('cuts a chain of strangers at its bridges, and says so', () => {
    const ids = Array.from({ length: 8 }, (_, i) => `p${i}`);
    const edges = ids.slice(1).map((id, i) => edge(ids[i] as string, id, 5));
    const { clusters, dropped } = clusterEdges(edges, weightIn(edges, -10), policy);
    expect(clusters.every((members) => members.length <= 2)).toBe(true);
    expect(dropped.map(({ reason }) => reason)).toContain('bridge');
  });

  it('does not let one strong edge join two groups that contradict each other', () => {
    const edges = [edge('a', 'b', 20), edge('x', 'y', 20), edge('b', 'x', 15)];
    const { clusters, dropped } = clusterEdges(edges, weightIn(edges, -12), policy);
    expect(clusters).toEqual([
      ['a', 'b'],
      ['x', 'y'],
    ]);
    expect(dropped).toEqual([{ edge: edges[2], reason: 'bridge' }]);
  });

  it('keeps groups within the largest size', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `p${i}`);
    const edges = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => edge(a, b, 9)));
    const { clusters, dropped } = clusterEdges(edges, weightIn(edges, 9), policy);
    expect(Math.max(...clusters.map(({ length }) => length))).toBe(10);
    expect(dropped.some(({ reason }) => reason === 'size')).toBe(true);
  });

  it('leaves weak edges alone', () => {
    expect(clusterEdges([edge('a', 'b', -1)], () => -1, policy).clusters).toEqual([]);
  });

  it('does not depend on the order of the edges', () => {
    const ends = fc.tuple(fc.nat(12), fc.nat(12), fc.integer({ min: -3, max: 6 })).filter(([a, b]) => a < b);
    const drawn = fc.uniqueArray(ends, { selector: ([a, b]) => `${a} ${b}`, maxLength: 40 });
    const shuffled = drawn.chain((edges) =>
      fc.tuple(fc.constant(edges), fc.shuffledSubarray(edges, { minLength: edges.length })),
    );
    fc.assert(
      fc.property(shuffled, ([before, after]) => {
        const make = ([a, b, weight]: [number, number, number]): MatchEdge => edge(`p${a}`, `p${b}`, weight);
        const weightOf = weightIn(before.map(make), -4);
        expect(clusterEdges(after.map(make), weightOf, policy)).toEqual(
          clusterEdges(before.map(make), weightOf, policy),
        );
      }),
      { numRuns: 300 },
    );
  });
});
