import { posix } from 'node:path';
import type { House } from '../house.js';
import type { SourceFile } from '../source-file.js';
import type { Rule, Violation } from '../workspace.js';
import { splitSpecifier } from '../workspace.js';

const impure = new Set([
  'Date.now',
  'Math.random',
  'new Date()',
  'Date()',
  'console',
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'randomUUID',
]);
const testLibraries = new Set(['fast-check']);

function reasonAgainst(
  specifier: string,
  typeOnly: boolean,
  file: SourceFile,
  cell: string,
  house: House,
): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file.path), specifier);
    return target.startsWith(cell) ? undefined : `${specifier} leaves the domain`;
  }
  if (specifier.startsWith('node:'))
    return typeOnly || file.role === 'test' ? undefined : `${specifier} does IO or hides randomness`;
  const { name, door } = splitSpecifier(specifier) ?? { name: specifier, door: '' };
  if (name === '@repartee/contracts') return undefined;
  if (name.startsWith('@repartee/'))
    return door === 'domain' ? undefined : `${specifier} is not a domain door`;
  if (house.domainLibraries.includes(name)) return undefined;
  return file.role === 'test' && testLibraries.has(name)
    ? undefined
    : `${specifier} is not on the domain's list of libraries`;
}

/** `src/domain` imports nothing but pure things and asks no clock, no dice and no world. */
export const domainIsPure: Rule = ({ packages, house }) => {
  const violations: Violation[] = [];
  for (const one of packages.filter((each) => each.kind === 'scope')) {
    const cell = `${one.folder}/src/domain/`;
    for (const file of one.files.filter((each) => each.path.startsWith(cell))) {
      for (const { specifier, typeOnly, line } of file.imports) {
        const message = reasonAgainst(specifier, typeOnly, file, cell, house);
        if (message) violations.push({ rule: 'domain', where: `${file.path}:${line}`, message });
      }
      if (file.role === 'test') continue;
      for (const use of file.uses.filter(
        (each) => impure.has(each.text) || each.text.endsWith('.randomUUID'),
      )) {
        violations.push({
          rule: 'domain',
          where: `${file.path}:${use.line}`,
          message: `${use.text}: time, ids and random numbers come in as arguments`,
        });
      }
    }
  }
  return violations;
};
