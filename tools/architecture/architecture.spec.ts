import { join } from 'node:path';
import { describeViolation, rules } from './check-architecture.js';
import { readWorkspace } from './workspace.js';

describe('the house', () => {
  const workspace = readWorkspace(join(__dirname, '../..'));

  it('is read: packages, files and imports are found', () => {
    expect(workspace.packages.length).toBeGreaterThanOrEqual(workspace.house.floors.length);
    for (const one of workspace.packages) expect([one.name, one.files.length]).not.toEqual([one.name, 0]);
    expect(
      workspace.packages.flatMap((one) => one.files).flatMap((file) => file.imports).length,
    ).toBeGreaterThan(100);
  });

  it.each(Object.entries(rules))('%s', (_sentence, rule) => {
    expect(rule(workspace).map(describeViolation)).toEqual([]);
  });
});
