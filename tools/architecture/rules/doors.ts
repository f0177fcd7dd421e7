import { posix } from 'node:path';
import type { Package, Rule, Violation } from '../workspace.js';
import { splitSpecifier } from '../workspace.js';

/** Other packages are entered by the doors they export, and nobody climbs through a window by a relative path. */
export const doorsAreUsed: Rule = ({ packages }) => {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const violations: Violation[] = [];
  for (const one of packages) {
    for (const file of one.files) {
      for (const { specifier, line } of file.imports) {
        const report = (message: string) =>
          violations.push({ rule: 'doors', where: `${file.path}:${line}`, message });
        if (specifier.startsWith('.')) {
          const target = posix.join(posix.dirname(file.path), specifier);
          if (file.role !== 'config' && !target.startsWith(`${one.folder}/`))
            report(`${specifier} leaves ${one.folder}`);
          continue;
        }
        const split = splitSpecifier(specifier);
        const target = split && byName.get(split.name);
        if (!split || !target || target === one) continue;
        if (!target.doors.has(split.door)) report(`${split.name} has no door "${split.door || '.'}"`);
        else if (isForTests(target, split.door) && file.role !== 'test') report(`${specifier} is for tests`);
      }
    }
  }
  return violations;
};

function isForTests(target: Package, door: string): boolean {
  return door === 'testing' || target.kind === 'connector-test-kit';
}

const rooms = new Set(['domain', 'persistence', 'api', 'testing']);

/** A scope has its two doors, its module and its known cells. */
export const scopesHaveTheirRooms: Rule = ({ packages }) =>
  packages
    .filter((one) => one.kind === 'scope')
    .flatMap((one) => {
      const paths = new Set(one.files.map((file) => file.path));
      const scope = one.folder.split('/').pop() ?? '';
      const missing = ['src/index.ts', 'src/domain/index.ts', `src/${scope}.module.ts`].filter(
        (path) => !paths.has(`${one.folder}/${path}`),
      );
      const cells = [...paths]
        .map((path) => path.slice(one.folder.length + 1).split('/'))
        .filter((parts) => parts[0] === 'src' && parts.length > 2);
      const strange = [...new Set(cells.map((parts) => parts[1] ?? ''))].filter((cell) => !rooms.has(cell));
      return [
        ...missing.map((path) => ({ rule: 'rooms', where: one.name, message: `has no ${path}` })),
        ...strange.map((cell) => ({
          rule: 'rooms',
          where: one.name,
          message: `src/${cell} is none of the cells domain, persistence, api`,
        })),
        ...['', 'domain']
          .filter((door) => !one.doors.has(door))
          .map((door) => ({ rule: 'rooms', where: one.name, message: `exports no door "${door || '.'}"` })),
      ];
    });

const vague = /(^|[./-])(utils?|helpers?|misc|common)([./-]|$)/;

/** A file's name says what is in it: kebab-case, with no drawer for odds and ends. */
export const namesSayWhatIsInside: Rule = ({ packages }) =>
  packages.flatMap((one) =>
    one.files
      .map((file) => file.path.slice(one.folder.length + 1))
      .filter((path) => vague.test(path) || !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(path.split('/').pop() ?? ''))
      .map((path) => ({
        rule: 'names',
        where: `${one.folder}/${path}`,
        message: 'needs a kebab-case name that says what is inside',
      })),
  );
