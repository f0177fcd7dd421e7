import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { identityRecords, isWorld, WORLD_NAMES } from '../bench/identity-records/identity-records.js';
import type { Matching } from '@repartee/identity/domain';
import { evaluate, type Evaluation } from './evaluate.js';
import type { Measure } from './measures.js';
import { checkMapping, readRecords } from './read-records.js';
import { SHIPPED_FILES } from './shipped-files.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const USAGE =
  'npm run eval:identity [-- --file F --map M.json --truth COLUMN [--json] | --generated N [--world febrl]]';

const figure = (value: number): string => value.toFixed(4);
const row = (name: string, { precision, recall, f1 }: Measure): string =>
  `  ${name.padEnd(8)} precision ${figure(precision)}  recall ${figure(recall)}  F1 ${figure(f1)}`;

function report(name: string, { pair, cluster, largest, records, seconds }: Evaluation): void {
  say(`${name}: ${records} records, ${seconds.toFixed(1)} s, largest cluster ${largest}`);
  say(row('pair', pair));
  say(row('cluster', cluster));
}

function reportWork({ candidates, dropped }: Matching): void {
  const bridges = dropped.filter(({ reason }) => reason === 'bridge').length;
  say(
    `  ${candidates.pairs} pairs compared, ${bridges} bridges cut, ${dropped.length - bridges} groups too large`,
  );
}

function shipped(): void {
  const folder = join(resolve(process.env['REPARTEE_DATA'] ?? '../shared/data'), 'identity');
  for (const { file, mapping, truth, source, peers } of SHIPPED_FILES) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      say(`${file}: skipped, ${path} is not there; it comes from ${source}`);
      continue;
    }
    const { evaluation, matching } = evaluate(readRecords(path, mapping, truth));
    report(file, evaluation);
    reportWork(matching);
    say(`  peers    F1 pair / cluster: ${peers}`);
  }
}

function one(file: string, map: string, truth: string, json: boolean): void {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  const mapping = checkMapping(JSON.parse(readFileSync(resolve(map), 'utf8')));
  const { evaluation, matching } = evaluate(readRecords(path, mapping, truth));
  report(file, evaluation);
  reportWork(matching);
  if (json) say(JSON.stringify(evaluation));
}

function generated(records: number, world: string): void {
  if (!Number.isInteger(records) || records < 0) throw new Error('--generated takes a number of records');
  if (!isWorld(world)) throw new Error(`--world is one of ${WORLD_NAMES.join(', ')}`);
  const { evaluation, matching } = evaluate(identityRecords({ world, records, duplicates: 0.15, seed: 1 }));
  report(`${world}, generated`, evaluation);
  reportWork(matching);
  say(`  peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      map: { type: 'string' },
      truth: { type: 'string' },
      json: { type: 'boolean', default: false },
      generated: { type: 'string' },
      world: { type: 'string', default: 'febrl' },
    },
  });
  if (values.generated !== undefined) return generated(Number(values.generated), values.world);
  if (!values.file) return shipped();
  if (!values.map || !values.truth) throw new Error(`--file needs --map and --truth: ${USAGE}`);
  return one(values.file, values.map, values.truth, values.json);
}

try {
  main();
} catch (error) {
  process.stderr.write(`eval: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
