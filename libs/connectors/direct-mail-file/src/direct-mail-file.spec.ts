import type { DeliveryContext } from '@repartee/connector-sdk';
import type { Action } from '@repartee/contracts';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanList, keyOf } from './clean-list.js';
import { csvLine } from './csv.js';
import { directMailFile } from './direct-mail-file.js';
import type { DirectMailSettings } from './direct-mail-settings.js';
import type { Manifest } from './mail-files.js';
import { mailTreatment, type MailContent } from './mail-treatment.js';

const content: MailContent = {
  list: 'spring',
  columns: [
    { name: 'name', value: '{{ profile.traits.name }}' },
    { name: 'street', value: '{{ profile.traits.street }}' },
  ],
  household: '{{ profile.traits.street }}',
};
let folder: string;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'direct-mail-'));
  now = Date.UTC(2030, 0, 2, 3, 4);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function context(key: string, more: Partial<DirectMailSettings> = {}) {
  return {
    settings: { folder, closeAfter: 60, ...more },
    clock: { now: () => now },
    idempotencyKey: key,
  } as unknown as DeliveryContext<DirectMailSettings, unknown>;
}

function actionFor(key: string, name: string, street: string): Action & { content: MailContent } {
  return {
    attemptId: `attempt-${key}`,
    idempotencyKey: key,
    to: { address: street },
    content,
    data: { profile: { traits: { name, street } } },
    links: {},
  } as unknown as Action & { content: MailContent };
}

async function send(key: string, name: string, street: string) {
  now += 1000;
  return directMailFile.deliver?.(actionFor(key, name, street), context(key));
}

async function poll(cursor?: string, more: Partial<DirectMailSettings> = {}) {
  return (await directMailFile.poll?.(cursor, context('', more))) ?? { cursor: '', facts: [] };
}

function written() {
  const names = readdirSync(folder).sort();
  const [csv = ''] = names.filter((name) => name.endsWith('.csv'));
  const text = readFileSync(join(folder, csv), 'utf8');
  const manifest = JSON.parse(
    readFileSync(join(folder, csv.replace('.csv', '.manifest.json')), 'utf8'),
  ) as Manifest;
  return {
    names: names.filter((name) => name.endsWith('.csv')),
    text,
    rows: parse(text) as string[][],
    manifest,
  };
}

describe('a list', () => {
  it('is written once its time has come, with seeds, without the suppressed and second of a household', async () => {
    const seeds = join(folder, 'seeds.json');
    const suppression = join(folder, 'suppressed.txt');
    writeFileSync(seeds, JSON.stringify([{ name: 'Control', street: 'Our Street 1' }]));
    writeFileSync(suppression, 'HILL  road, 9\n\n');
    await send('a', 'Ann', 'Main Street 1');
    await send('b', 'Bob', 'main street, 1');
    await send('c', 'Cid', 'Hill Road 9');
    await send('d', '=Dan', 'Lake Street 3');
    const rules = { seeds, suppression };
    expect(await poll(undefined, rules)).toEqual({ cursor: '', facts: [] });
    now += 3_600_000;
    const { cursor, facts } = await poll(undefined, rules);
    const { rows, text, manifest } = written();
    expect(rows).toEqual([
      ['name', 'street'],
      ['Ann', 'Main Street 1'],
      ["'=Dan", 'Lake Street 3'],
      ['Control', 'Our Street 1'],
    ]);
    expect(manifest).toMatchObject({
      list: 'spring',
      columns: ['name', 'street'],
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
      counts: { accepted: 4, suppressed: 1, household: 1, seeds: 1, written: 3 },
    });
    expect(facts).toMatchObject([
      { attemptId: 'attempt-a', status: 'sent' },
      { attemptId: 'attempt-b', status: 'failed', code: 'household' },
      { attemptId: 'attempt-c', status: 'failed', code: 'suppressed' },
      { attemptId: 'attempt-d', status: 'sent' },
    ]);
    expect(await poll(cursor, rules)).toEqual({ cursor, facts: [] });
  });

  it('has one row of a delivery, however often it is attempted, also after the file was written', async () => {
    const outcomes = await Promise.all(['a', 'a', 'a'].map((key) => send(key, 'Ann', 'Main Street 1')));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    now += 3_600_000;
    await poll();
    expect(await send('a', 'Ann', 'Main Street 1')).toEqual(outcomes[0]);
    now += 3_600_000;
    await poll();
    expect(written()).toMatchObject({ names: [expect.any(String)], manifest: { counts: { written: 1 } } });
  });

  it.each(['manifest.json', 'csv', 'results.json'])(
    'is finished as it was begun after a crash before its %s',
    async (missing) => {
      await send('a', 'Ann', 'Main Street 1');
      now += 3_600_000;
      const first = await poll();
      const before = written();
      const lost = ['manifest.json', 'csv', 'results.json'].slice(
        0,
        ['manifest.json', 'csv', 'results.json'].indexOf(missing) + 1,
      );
      for (const place of [folder, join(folder, 'batches')])
        for (const name of readdirSync(place))
          if (lost.some((end) => name.endsWith(`.${end}`))) unlinkSync(join(place, name));
      await send('b', 'Bob', 'Lake Street 3');
      expect(await poll()).toEqual(first);
      expect(written()).toEqual(before);
    },
  );

  it('knows what became of an attempt by its own files', async () => {
    await send('a', 'Ann', 'Main Street 1');
    const ask = (key: string) =>
      directMailFile.reconcile?.(
        { ...actionFor(key, '', ''), startedAt: '', deliveryId: key, action: actionFor(key, '', '') },
        context(key),
      );
    expect(await ask('a')).toMatchObject({ status: 'accepted' });
    expect(await ask('b')).toMatchObject({ status: 'rejected', retryable: true });
    now += 3_600_000;
    await poll();
    expect(await ask('a')).toMatchObject({ status: 'accepted' });
    rmSync(folder, { recursive: true });
    expect(await ask('a')).toMatchObject({ status: 'unknown' });
  });

  it('forgets a person: what waits is not written, and what was written is not kept', async () => {
    await send('a', 'Ann', 'Main Street 1');
    now += 3_600_000;
    const { cursor } = await poll();
    await send('b', 'Ann', 'Main Street 1');
    await directMailFile.forget?.({ subjectId: 'p', addresses: ['Main Street 1'] }, context(''));
    now += 3_600_000;
    expect(await poll(cursor)).toEqual({ cursor, facts: [] });
    const kept = readdirSync(join(folder, 'rows'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(kept).toEqual(['{}', '{}']);
    expect(await send('b', 'Ann', 'Main Street 1')).toMatchObject({ status: 'accepted' });
    expect(readdirSync(join(folder, 'rows', 'waiting'))).toEqual([]);
  });

  it('checks its settings: the folder and both files', async () => {
    const check = (more: Partial<DirectMailSettings>) => directMailFile.checkSettings?.(context('', more));
    await check({});
    await expect(check({ seeds: join(folder, 'nowhere.json') })).rejects.toThrow('nowhere.json');
    writeFileSync(join(folder, 'file'), '');
    await expect(check({ folder: join(folder, 'file', 'below') })).rejects.toThrow();
  });
});

describe('the content of a list', () => {
  it('says where its Liquid is wrong, and that names of columns differ', async () => {
    const tools = { resources: undefined, signal: new AbortController().signal };
    const wrong = { ...content, columns: [{ name: 'a', value: '{{ x | nope }}' }] };
    expect(await mailTreatment.compile(wrong, tools)).toMatchObject({
      failure: [{ pointer: '#/columns/0/value' }],
    });
    const twice = { ...content, columns: [content.columns[0], content.columns[0]] };
    expect(mailTreatment.schema.safeParse(twice).success).toBe(false);
  });
});

describe('CSV', () => {
  it('comes back as it was, but for formulas and breaks of lines', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (cells) => {
        const [read = []] = parse(csvLine(cells), { relax_column_count: true }) as string[][];
        expect(read).toHaveLength(cells.length);
        read.forEach((cell, index) => {
          expect(cell).not.toMatch(/^[=+\-@]|[\r\n]/);
          const plain = (cells[index] ?? '').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
          expect([plain, `'${plain}`]).toContain(cell);
        });
      }),
    );
  });
});

describe('cleaning a list', () => {
  it('does not depend on the order in which rows are read, and keeps one of every household', () => {
    const row = fc.record({
      id: fc.uuid(),
      acceptedAt: fc.nat(5),
      address: fc.constantFrom('A 1', 'a-1', 'B 2', 'C 3'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ id }) => id }), (made) => {
        const rows = made.map((one) => ({
          ...one,
          attemptId: '',
          list: 'l',
          header: [],
          cells: [],
          household: '',
        }));
        const judged = cleanList(rows, new Set(['c 3']));
        expect(cleanList([...rows].reverse(), new Set(['c 3']))).toEqual(judged);
        const kept = judged.filter(({ dropped }) => !dropped).map(({ row: { address } }) => keyOf(address));
        expect(new Set(kept).size).toBe(kept.length);
        const wanted = new Set(rows.map(({ address }) => keyOf(address)));
        wanted.delete('c 3');
        expect(new Set(kept)).toEqual(wanted);
      }),
    );
  });
});
