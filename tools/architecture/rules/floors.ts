import { importable } from '../house.js';
import type { Rule, Violation } from '../workspace.js';
import { splitSpecifier } from '../workspace.js';

/** A package imports only what stands below it, and every package stands on a floor of the plan. */
export const floorsAreKept: Rule = ({ packages, house }) => {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const violations: Violation[] = [];
  for (const one of packages) {
    const allowed = importable(house, one.floor);
    if (!allowed || !one.kind) {
      violations.push({
        rule: 'floors',
        where: one.name,
        message: `needs tags floor:<name of floors.json> and kind:<kind>, has floor:${one.floor} kind:${one.kind}`,
      });
      continue;
    }
    for (const file of one.files) {
      for (const { specifier, line } of file.imports) {
        const name = splitSpecifier(specifier)?.name ?? '';
        const target = byName.get(name);
        const where = `${file.path}:${line}`;
        if (target === one)
          violations.push({
            rule: 'floors',
            where,
            message: `imports its own package ${name}: use a relative path`,
          });
        else if (target && !allowed.has(target.floor)) {
          violations.push({
            rule: 'floors',
            where,
            message: `${one.floor} may not import ${target.floor} (${name})`,
          });
        } else if (!target && name.startsWith('@repartee/')) {
          violations.push({ rule: 'floors', where, message: `there is no package ${name}` });
        }
      }
    }
  }
  return violations;
};

/** Every floor of the staircase has a package, so that the plan does not drift from the house. */
export const staircaseIsBuilt: Rule = ({ packages, house }) =>
  house.floors
    .filter((floor) => !packages.some((one) => one.floor === floor))
    .map((floor) => ({
      rule: 'floors',
      where: 'floors.json',
      message: `no package stands on floor ${floor}`,
    }));
