import type { Standing } from '../story/standing.js';
import { checksOf, type DemoResult } from './checks.js';

/** What is printed at the end. */
export function summaryOf(result: DemoResult): string[] {
  const checks = checksOf(result);
  const failed = checks.filter(({ holds }) => !holds).length;
  const { story, seconds } = result;
  const click = story?.click;
  return [
    '',
    ...checks.flatMap(({ holds, says, details }) => [
      `  ${holds ? '✓' : '✗'} ${says}`,
      ...details.map((detail) => `      ${detail}`),
    ]),
    ...(click ? ['', `  ${click.offer} in home.hero, for customer ${click.customer}:`] : []),
    ...(click ? [standing('before', click.before), standing('after', click.after)] : []),
    '',
    failed === 0
      ? `  Everything held. ${seconds.toFixed(1)} s in all.`
      : `  ${failed} of ${checks.length} checks failed. ${seconds.toFixed(1)} s in all.`,
    '',
  ];
}

function standing(when: string, stands: Standing | undefined): string {
  if (!stands) return `    ${when.padEnd(6)}  not offered`;
  const { place, first, priority, propensity, reason } = stands;
  const behind = place === 1 ? '' : ` behind ${first}`;
  const numbers = `priority ${priority.toFixed(3)}  propensity ${(100 * propensity).toFixed(1)} %`;
  return `    ${when.padEnd(6)}  place ${place}${behind}  ${numbers}  "${reason}"`;
}
