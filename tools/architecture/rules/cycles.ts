import type { Package, Rule } from '../workspace.js';
import { filesByPath, resolveRelative, splitSpecifier } from '../workspace.js';

type Graph = ReadonlyMap<string, readonly string[]>;

/** Every circle of a directed graph, once, as the path that closes it (depth-first, each node left once). */
export function findCircles(graph: Graph): string[][] {
  const circles: string[][] = [];
  const left = new Set<string>();
  const path: string[] = [];
  const enter = (node: string): void => {
    const start = path.indexOf(node);
    if (start >= 0) {
      circles.push([...path.slice(start), node]);
      return;
    }
    if (left.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) enter(next);
    path.pop();
    left.add(node);
  };
  for (const node of graph.keys()) enter(node);
  return circles;
}

function fileGraph(one: Package): Graph {
  const known = filesByPath(one);
  return new Map(
    one.files.map((file) => {
      const targets = file.imports
        .filter((each) => each.specifier.startsWith('.'))
        .map((each) => resolveRelative(file, each.specifier, known));
      return [file.path, targets.filter((target) => target !== undefined)] as const;
    }),
  );
}

/** No package leads back to itself, neither through what it imports nor through what it declares. */
export const packagesFormNoCircle: Rule = ({ packages }) => {
  const names = new Set(packages.map((one) => one.name));
  const graph = new Map(
    packages.map((one) => {
      const imported = one.files.flatMap((file) =>
        file.imports.map((each) => splitSpecifier(each.specifier)?.name ?? ''),
      );
      const targets = new Set(
        [...imported, ...one.dependencies].filter((name) => names.has(name) && name !== one.name),
      );
      return [one.name, [...targets]] as const;
    }),
  );
  return findCircles(graph).map((circle) => ({
    rule: 'circles',
    where: circle[0] ?? '',
    message: circle.join(' → '),
  }));
};

/** No file leads back to itself, not even by types: two files that need each other are one thing, or three. */
export const filesFormNoCircle: Rule = ({ packages }) =>
  packages.flatMap((one) =>
    findCircles(fileGraph(one)).map((circle) => ({
      rule: 'circles',
      where: circle[0] ?? '',
      message: circle.join(' → '),
    })),
  );
