import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mappingSchema } from '../../../domain/imports/mapping.js';
import { ImportFailure } from './import-failure.js';
import type { Place } from './read-record.js';
import type { IncomingEvent, ReadPlan } from './portion-builder.js';
import { readPortions } from './read-portions.js';

const NOW = Date.UTC(2026, 0, 15);
const people = mappingSchema.parse({
  fields: [
    { from: 'id', to: 'userId' },
    { from: 'name', to: 'traits.name' },
  ],
});

interface Read {
  events: (IncomingEvent & { payload: { userId?: string; traits?: { name?: string } } })[];
  refused: { line: number; reason: string; raw: string }[];
  places: Place[];
  failure?: ImportFailure;
}

describe('reading a file', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'repartee-read-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const read = async (content: Buffer | string, more: Partial<ReadPlan> = {}): Promise<Read> => {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const plan: ReadPlan = { importId: 'i1', path, source: 'crm', format: 'csv', mapping: people, ...more };
    const result: Read = { events: [], refused: [], places: [] };
    try {
      for await (const portion of readPortions(plan, { now: () => NOW, judge: () => undefined })) {
        result.events.push(...(JSON.parse(new TextDecoder().decode(portion.events)) as Read['events']));
        for (const { line, reason, raw } of portion.refused) result.refused.push({ line, reason, raw });
        result.places.push(portion.place);
      }
    } catch (error) {
      if (!(error instanceof ImportFailure)) throw error;
      result.failure = error;
    }
    return result;
  };
  const names = ({ events }: Read) => events.map(({ payload }) => payload.traits?.name);
  const lines = ({ refused }: Read) => refused.map(({ line }) => line);

  it('makes one event of each row, the same one whenever it is read', async () => {
    const once = await read('id,name\n1,Ann\n2,"Bob, the ""great"""\n');
    expect(names(once)).toEqual(['Ann', 'Bob, the "great"']);
    expect(once.events[0]).toMatchObject({
      type: 'identify',
      name: null,
      occurred_at: new Date(NOW).toISOString(),
      payload: { userId: '1', context: { import: { id: 'i1', line: 2 } } },
    });
    const again = await read('\n\nname;id\r\n"Bob, the ""great""";2\r\n\r\nAnn;1', { importId: 'i2' });
    const keys = ({ events }: Read) => events.map(({ key, message_id }) => [key, message_id]).sort();
    expect(keys(again)).toEqual(keys(once));
    const other = await read('id,name\n1,Ann\n', { source: 'shop' });
    expect(keys(other)[0]).not.toEqual(keys(once)[0]);
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffid,name\n1,Zoë\n')],
    ['UTF-16, little end first', Buffer.from('\ufeffid,name\n1,Zoë\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffid,name\n1,Zoë\n', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('id,name\n1,Zoë\n', 'utf16le')],
    ['Latin-1', Buffer.from('id,name\n1,Zoë\n', 'latin1')],
    ['gzip', gzipSync('id,name\n1,Zoë\n')],
    ['gzip of UTF-16', gzipSync(Buffer.from('\ufeffid,name\n1,Zoë\n', 'utf16le'))],
    ['two gzip files, one after the other', Buffer.concat([gzipSync('id,name\n'), gzipSync('1,Zoë\n')])],
    ['line ends of old', Buffer.from('id,name\r1,Zoë\r')],
    ['a first line that says the delimiter', Buffer.from('sep=|\r\nid|name\r\n1|Zoë\r\n')],
    ['tabs', Buffer.from('id\tname\n1\tZoë\n')],
  ])('reads %s', async (_name, content) => {
    expect(names(await read(content))).toEqual(['Zoë']);
  });

  it('refuses rows with more or fewer cells than the header, and keeps the others', async () => {
    const result = await read('id,name\n1,Ann\n2\n3,Cleo,spare\n4,Dan,,\n5,Eve\n');
    expect(names(result)).toEqual(['Ann', 'Dan', 'Eve']);
    expect(result.refused).toEqual([
      { line: 3, reason: 'has 1 cells where the header has 2', raw: '2\n' },
      { line: 4, reason: 'has 3 cells where the header has 2', raw: '3,Cleo,spare\n' },
    ]);
  });

  it('refuses the line whose quote is not closed, and only that', async () => {
    const rows = Array.from({ length: 5000 }, (_none, index) => `${index},N${index}`);
    rows[10] = '10,"open';
    rows[4000] = '4000,x"y';
    rows[4998] = '4998,"open until the end';
    const result = await read(`id,name\n${rows.join('\n')}\n`);
    expect(lines(result)).toEqual([12, 4002, 5000]);
    expect(result.refused[0]?.reason).toMatch(/quote/);
    expect(result.events).toHaveLength(4997);
  });

  it('counts lines within quotes, and blank ones', async () => {
    const result = await read('id,name\r\n1,"two\r\nlines"\r\n\r\n2\r\n3,"a\nb\nc"\n4\n');
    expect(lines(result)).toEqual([5, 9]);
    expect(names(result)).toEqual(['two\r\nlines', 'a\nb\nc']);
  });

  it('refuses a line of 100 MB in bounded memory, and goes on behind it', async () => {
    const long = Buffer.concat([
      Buffer.from('id,name\n1,Ann\n2,'),
      Buffer.alloc(100e6, 'x'),
      Buffer.from('\n3,Cleo\n'),
    ]);
    const before = process.memoryUsage().arrayBuffers;
    const result = await read(long);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
    expect(names(result)).toEqual(['Ann', 'Cleo']);
    expect(result.refused).toMatchObject([{ line: 3, reason: expect.stringMatching(/longer/) as string }]);
    expect(result.refused[0]?.raw.length).toBeLessThanOrEqual(65_536);
    const json = Buffer.concat([
      Buffer.from('{"id":1}\n'),
      Buffer.alloc(5e6, ' '),
      Buffer.from('\n{"id":3}\n'),
    ]);
    const ndjson = mappingSchema.parse({ fields: [{ from: 'id', to: 'userId' }] });
    const documents = await read(json, { format: 'ndjson', mapping: ndjson });
    expect(documents.events.map(({ payload }) => payload.userId)).toEqual(['1', '3']);
    expect(lines(documents)).toEqual([2]);
  });

  it('refuses rows that hold NUL or broken text, and says so', async () => {
    const result = await read(
      Buffer.concat([
        Buffer.from('id,name\n1,Zoë\n2,a\0b\n3,'),
        Buffer.from([0xe9, 0xe8]),
        Buffer.from('\n4,Dan\n'),
      ]),
      { mapping: { ...people, encoding: 'utf-8' } },
    );
    expect(names(result)).toEqual(['Zoë', 'Dan']);
    expect(result.refused).toMatchObject([
      { line: 3, reason: expect.stringContaining('NUL') as string },
      { line: 4, reason: expect.stringContaining('encoding') as string },
    ]);
  });

  it('keeps what came before a gzip file breaks off, and says where', async () => {
    const rows = Array.from({ length: 20_000 }, (_none, index) => `${index},${Math.sin(index)}`).join('\n');
    const whole = gzipSync(`id,name\n${rows}\n`);
    const cut = await read(whole.subarray(0, whole.length / 2));
    expect(cut.failure?.message).toBe('the gzip file ends too early');
    expect(cut.events.length).toBeGreaterThan(1000);
    expect(cut.failure?.line).toBe(cut.events.length + 2);
    const spoilt = Buffer.from(whole);
    spoilt.fill(0xff, spoilt.length >> 1, (spoilt.length >> 1) + 50);
    expect((await read(spoilt)).failure?.message).toMatch(/gzip/);
  });

  it('stops at a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('id,name\n1,Ann\n'), Buffer.alloc(120e6)]));
    const result = await read(bomb);
    expect(result.failure?.message).toMatch(/unpacks to more than/);
    expect(names(result)).toEqual(['Ann']);
  });

  it('fails on a mapping that does not fit, and says how', async () => {
    const mapping = mappingSchema.parse({ fields: [{ from: 'E-Mail', to: 'traits.email' }] });
    expect((await read('id,name\n1,Ann\n', { mapping })).failure?.message).toMatch(
      /“E-Mail”.*it has id, name/,
    );
    expect((await read('id,name,id\n1,Ann,2\n')).failure?.message).toMatch(/“id” more than once/);
    const second = mappingSchema.parse({ fields: [{ from: 'id#2', to: 'userId' }] });
    expect((await read('id,name,id\n1,Ann,2\n', { mapping: second })).events[0]?.payload.userId).toBe('2');
  });

  it('finds nothing in an empty file, and nothing below a header', async () => {
    for (const content of ['', '\n\n', '\ufeff', 'id,name', 'id,name\n', gzipSync('')]) {
      const { events, refused, failure } = await read(content);
      expect({ events, refused, failure }).toEqual({ events: [], refused: [], failure: undefined });
    }
  });

  it('refuses JSON that is none, is no object or is nested too deep', async () => {
    const mapping = mappingSchema.parse({
      fields: [
        { from: 'a', to: 'traits.a' },
        { from: 'id', to: 'userId' },
      ],
    });
    const deep = `{"id":4,"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const text = ['{"id":1}', '{"id":', '[1]', deep, 'null', '{"id":6,"a":{"__proto__":1}}', '{"id":7}'].join(
      '\n',
    );
    const result = await read(text, { format: 'ndjson', mapping });
    expect(result.events.map(({ payload }) => payload.userId)).toEqual(['1', '7']);
    expect(lines(result)).toEqual([2, 3, 4, 5, 6]);
  });

  it('goes on anywhere as if it had never stopped', async () => {
    const row = fc.tuple(fc.nat(9), fc.string({ maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\n\n'));
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const content = fc
      .array(row, { minLength: 1, maxLength: 30 })
      .map((rows) => `id,name\n${rows.map(([id, name, end]) => `${id},${cell(name)}${end}`).join('')}`);
    await fc.assert(
      fc.asyncProperty(content, fc.constantFrom('plain', 'gzip', 'utf16'), async (text, form) => {
        const bytes =
          form === 'gzip'
            ? gzipSync(text)
            : form === 'utf16'
              ? Buffer.from(`\ufeff${text}`, 'utf16le')
              : Buffer.from(text);
        const mapping = { ...people, key: 'line' as const };
        const whole = await read(bytes, { mapping });
        const [{ line } = { line: 0 }] = whole.places;
        // Read row by row instead: each place is where the next reading begins.
        const split = Buffer.byteLength(
          text.slice(0, text.length / 2 + text.slice(text.length / 2).search(/\n|$/) + 1),
        );
        const first = await read(text.slice(0, split), { mapping });
        const from = first.places.at(-1);
        expect(line).toBeGreaterThan(0);
        if (!from || first.refused.length > 0) return;
        const rest = await read(bytes, { mapping, from });
        expect([...first.events, ...rest.events].map(({ key }) => key)).toEqual(
          whole.events.map(({ key }) => key),
        );
        expect(rest.places.at(-1)).toEqual(whole.places.at(-1));
      }),
      { numRuns: 60 },
    );
  });

  it('is not led astray by anything', async () => {
    const piece = fc.oneof(fc.constantFrom('"', ',', '\n', '\r', ';', 'a', '1,b\n', '\0', 'é'), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const good = Array.from({ length: 3 }, (_none, index) => `9${index},good\n`).join('');
        const result = await read(`id,name\n${good}${pieces.join('')}\n`);
        expect(names(result).slice(0, 3)).toEqual(['good', 'good', 'good']);
      }),
      { numRuns: 150 },
    );
  });
});
