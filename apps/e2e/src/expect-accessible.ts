import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const LOOKS = 3;

/** Fails with whatever axe finds on the page as it stands, be it small. */
export async function expectNoViolation(page: Page): Promise<void> {
  let found = await violationsOn(page);
  // What comes in while axe looks has colours of before and after: what is truly wrong is still so at the next look.
  for (let looks = 1; found.length > 0 && looks < LOOKS; looks += 1) found = await violationsOn(page);
  expect(described(found)).toEqual([]);
}

/** Light and dark, without loading the page anew. */
export async function expectNoViolationInBothLooks(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolation(page);
  }
}

/** What covers the middle of the element that has the focus, and is neither within nor around it. */
const COVERED = `(() => {
  const at = document.activeElement;
  const { left, top, width, height } = at.getBoundingClientRect();
  if (at === document.body || width * height < 4) return '';
  const x = Math.min(Math.max(left + width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(top + height / 2, 0), innerHeight - 1);
  const hit = document.elementFromPoint(x, y);
  const own = hit && (at.contains(hit) || hit.contains(at) || hit.closest('label')?.contains(at));
  return own ? '' : at.outerHTML.slice(0, 120) + ' under ' + hit?.outerHTML.slice(0, 120);
})()`;

/** Goes through a page by Tab: whatever has the focus is in sight (WCAG 2.4.11). */
export async function expectFocusInSight(page: Page, tabs: number): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (let step = 0; step < tabs; step += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>(COVERED)).toBe('');
  }
}

async function violationsOn(page: Page): Promise<AxeResults['violations']> {
  // A transition half-way has colours that nobody reads: those that begin now have none, those under way end.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await page.evaluate(
    'Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))',
  );
  await page.evaluate(axe.source);
  // Of WCAG 2.2 axe leaves the size of targets (2.5.8) out unless it is asked.
  const results = await page.evaluate<AxeResults>(
    'axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })',
  );
  return results.violations;
}

function described(violations: AxeResults['violations']): object[] {
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html }) => html.slice(0, 200)),
  }));
}
