import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SeededRandom } from '@repartee/learning/domain';
import { play } from './play.js';
import { readRounds } from './streams.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, lines: readonly object[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

/** Three classes on a line of two numbers and a category. */
function labelled(rounds: number): object[] {
  const random = new SeededRandom('labelled');
  return Array.from({ length: rounds }, () => {
    const y = Math.floor(random.next() * 3);
    return {
      y,
      x: { a: y + 0.3 * random.gaussian(), b: random.gaussian(), [`c=${y === 0 ? 'p' : 'q'}`]: 1 },
    };
  });
}

/** Two offers, each of which one half of the people likes. */
function simulated(rounds: number): object[] {
  const random = new SeededRandom('simulated');
  return Array.from({ length: rounds }, () => {
    const half = random.next() < 0.5;
    const p = half ? [0.2, 0.02] : [0.02, 0.2];
    return {
      x: { [`half=${half}`]: 1 },
      e: [0, 1],
      p,
      r: p.map((chance) => (random.next() < chance ? '1' : '0')).join(''),
    };
  });
}

describe('readRounds', () => {
  it('reads both formats, packed or not', async () => {
    const [first] = await readRounds(
      write('a.jsonl.gz', [
        { y: 1, x: { n: 0.5, 'c=v': 1 } },
        { y: 2, x: {} },
      ]),
    );
    expect(first).toMatchObject({ features: { n: 0.5, 'c=v': true }, actions: [0, 1, 2], regretOf: null });
    expect([0, 1, 2].map((action) => first!.rewardOf(action))).toEqual([0, 1, 0]);
    const [second] = await readRounds(write('b.jsonl', [{ x: {}, e: [0, 2], p: [0.1, 0.9, 0.3], r: '010' }]));
    expect(second!.actions).toEqual([0, 2]);
    expect(second!.regretOf!(0)).toBeCloseTo(0.2);
    expect(second!.rewardOf(1)).toBe(1);
  });

  it('refuses other lines, by their number', async () => {
    await expect(readRounds(write('c.jsonl', [{ y: 1, x: {} }, { z: 1 }]))).rejects.toThrow('line 2');
  });
});

describe('play', () => {
  it('learns both kinds of streams, the same for the same seed', async () => {
    const classes = await readRounds(write('d.jsonl', labelled(600)));
    expect(play(classes, 1)).toMatchObject({ rounds: 600, actions: 3, regret: null });
    expect(play(classes, 1).loss).toBeLessThan(0.2);
    expect(play(classes, 1).loss).toBe(play(classes, 1).loss);
    const offers = await readRounds(write('e.jsonl', simulated(3000)));
    const { regretByQuarter, regret } = play(offers, 1);
    expect(regretByQuarter![3]).toBeLessThan(0.03);
    expect(regretByQuarter!.reduce((sum, each) => sum + each, 0) / 4).toBeCloseTo(regret!);
  });
});
