import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluate, type Evaluation } from './evaluate.js';
import type { Measure } from './measures.js';
import { checkMapping, readRecords } from './read-records.js';
import { SHIPPED_FILES } from './shipped-files.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const USAGE = 'npm run eval:identity [-- --file F --map M.json --truth COLUMN [--json]]';

const figure = (value: number): string => value.toFixed(4);
const row = (name: string, { precision, recall, f1 }: Measure): string =>
  `  ${name.padEnd(8)} precision ${figure(precision)}  recall ${figure(recall)}  F1 ${figure(f1)}`;

function report(name: string, { pair, cluster, largest, records, seconds }: Evaluation): void {
  say(`${name}: ${records} records, ${seconds.toFixed(1)} s, largest cluster ${largest}`);
  say(row('pair', pair));
  say(row('cluster', cluster));
}

async function shipped(): Promise<void> {
  const folder = join(resolve(process.env['REPARTEE_DATA'] ?? '../shared/data'), 'identity');
  for (const { file, mapping, truth, source, peers } of SHIPPED_FILES) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      say(`${file}: skipped, ${path} is not there; it comes from ${source}`);
      continue;
    }
    const { evaluation, matching } = evaluate(await readRecords(path, mapping, truth));
    report(file, evaluation);
    const cut = matching.dropped.filter(({ reason }) => reason === 'bridge').length;
    say(
      `  ${matching.candidates.pairs} pairs compared, ${cut} bridges cut, ${matching.dropped.length - cut} too large`,
    );
    say(`  peers    F1 pair / cluster: ${peers}`);
  }
}

async function one(file: string, map: string, truth: string, json: boolean): Promise<void> {
  const path = resolve(file);
  if (!existsSync(path)) return say(`${path} is not there`);
  const mapping = checkMapping(JSON.parse(await readFile(resolve(map), 'utf8')) as Record<string, unknown>);
  const { evaluation } = evaluate(await readRecords(path, mapping, truth));
  report(file, evaluation);
  if (json) say(JSON.stringify(evaluation));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      map: { type: 'string' },
      truth: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.file) return shipped();
  if (!values.map || !values.truth) throw new Error(`--file needs --map and --truth: ${USAGE}`);
  return one(values.file, values.map, values.truth, values.json);
}

main().catch((error: unknown) => {
  process.stderr.write(`eval: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
