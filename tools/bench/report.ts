import type { Verdict } from './figures.js';

const number = (value: number) =>
  value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : value.toLocaleString('en-US', { maximumFractionDigits: 2 });

function goalOf({ figure, ratio, met }: Verdict): string[] {
  const { goal } = figure;
  if (!goal) return ['', ''];
  const limit = goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast.toFixed(2)}`;
  const wanted = goal.against === undefined ? `${limit} ${figure.unit}` : `${limit} × ${goal.against}`;
  const verdict = met === undefined ? 'not judged' : met ? 'met' : 'NOT MET';
  return [wanted, ratio === undefined ? verdict : `${ratio.toFixed(2)} ${verdict}`];
}

function lineOf(verdict: Verdict): string[] {
  const { title, unit, value, latency } = verdict.figure;
  return [
    title,
    `${number(value)} ${unit}`,
    latency ? number(latency.p50) : '',
    latency ? number(latency.p99) : '',
    ...goalOf(verdict),
  ];
}

/** The figures as a table of plain text, a note under each that has one. */
export function renderTable(verdicts: readonly Verdict[]): string {
  const head = ['figure (median of its rounds)', 'value', 'p50 ms', 'p99 ms', 'goal', 'result'];
  const lines = verdicts.map(lineOf);
  const widths = head.map((cell, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0), cell.length),
  );
  const pad = (line: string[]) =>
    line
      .map((cell, column) =>
        column === 0 || column > 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  const notes = verdicts
    .filter(({ figure }) => figure.note)
    .map(({ figure }) => `${figure.title}: ${figure.note}`);
  return [pad(head), rule, ...lines.map(pad), rule, ...notes].join('\n');
}
