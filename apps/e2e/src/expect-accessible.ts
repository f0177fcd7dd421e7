import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Fails with what a user of assistive technology would trip over on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const violations = await violationsOn(page);
  expect(described(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))).toEqual(
    [],
  );
}

/** Fails with whatever axe finds on the page as it stands, be it small. */
export async function expectNoViolation(page: Page): Promise<void> {
  expect(described(await violationsOn(page))).toEqual([]);
}

async function violationsOn(page: Page): Promise<AxeResults['violations']> {
  // A transition half-way has colours that nobody reads: those that begin now have none, those under way end.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(
    'Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))',
  );
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })');
  return results.violations;
}

function described(violations: AxeResults['violations']): object[] {
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html }) => html.slice(0, 200)),
  }));
}
