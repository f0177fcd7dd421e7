import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { TrackingPlans } from '@repartee/governance';
import type { PlannableEvent } from '@repartee/governance/domain';
import { Clock } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { open } from 'node:fs/promises';
import { looksLikeHeader } from '../../domain/imports/detect-dialect.js';
import { type ColumnGuess, guessColumn } from '../../domain/imports/guess-column.js';
import { type Mapping, mappingSchema } from '../../domain/imports/mapping.js';
import { proposeMapping } from '../../domain/imports/propose-mapping.js';
import { ImportFailure } from '../../persistence/imports/reading/import-failure.js';
import { isGzip, readHead } from '../../persistence/imports/reading/open-text.js';
import type { ReadingDesk } from '../../persistence/imports/reading/portion-builder.js';
import { readPortions } from '../../persistence/imports/reading/read-portions.js';
import { readSample, type Sample } from '../../persistence/imports/reading/read-sample.js';
import type { Upload } from './import-schemas.js';
import { ImportSettings } from './import-settings.js';
import { formatOf, ReceiveImport } from './receive-import.js';

const SHOWN = 20;

/** Looks at the beginning of a file: what it is, what its columns hold, and what its rows would become. */
@Injectable()
export class PreviewImport {
  constructor(
    @Inject(ReceiveImport) private readonly files: ReceiveImport,
    @Inject(ImportSettings) private readonly settings: ImportSettings,
    @Inject(TrackingPlans) private readonly plans: TrackingPlans,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async preview(request: FastifyRequest, upload: Upload, caller: Principal) {
    const given = upload.mapping === undefined ? undefined : await this.settings.mapping(upload.mapping);
    if (given && !given.ok) return given;
    const source = this.settings.source(caller, upload.source);
    if (!source.ok) return source;
    const stated = upload.format ?? given?.value.format ?? formatOf(request.headers['content-type']);
    return this.files.sample(request, async (path, complete) => {
      const format = await this.files.formatOf({ path }, stated);
      if (!format.ok) return format;
      const desk = {
        now: () => this.clock.now(),
        judge: (event: PlannableEvent) => this.plans.judge(source.value, event),
      };
      return look({ path, complete, format: format.value, source: source.value, desk }, given?.value);
    });
  }
}

interface SampledFile {
  path: string;
  complete: boolean;
  format: 'csv' | 'ndjson';
  source: string;
  desk: ReadingDesk;
}

async function look(file: SampledFile, given: Mapping | undefined): Promise<Result<object>> {
  const { path, format, complete } = file;
  const base = given ?? mappingSchema.parse({ fields: [{ value: 'x', to: 'userId' }] });
  const { text, encoding } = await readHead(path, base.encoding);
  const read = await sampled(text, format, base, complete);
  if (!read.ok) return read;
  // Without a mapping nobody has said whether there is a header.
  const header = given?.header ?? looksLikeHeader([read.value.header ?? [], ...read.value.rows]);
  const headless = header ? read : await sampled(text, format, { ...base, header: false }, complete);
  if (!headless.ok) return headless;
  const sample = headless.value;
  const columns = sample.columns.map(({ name, values }) => guessColumn(name, values));
  const mapping = given ?? proposeMapping({ format, columns, header });
  const { rows, flaw } = await mapped(file, mapping);
  return ok({
    format,
    compressed: isGzip(await firstBytes(path)),
    encoding,
    delimiter: sample.delimiter ?? null,
    header: format === 'csv' ? header : null,
    complete,
    columns,
    warnings: warningsOf(columns, sample),
    mapping,
    mappingFlaw: flaw ?? null,
    rows,
  });
}

async function sampled(
  text: Buffer,
  format: SampledFile['format'],
  mapping: Mapping,
  complete: boolean,
): Promise<Result<Sample>> {
  try {
    return ok(await readSample(text, format, mapping, complete));
  } catch (error) {
    if (error instanceof ImportFailure) return fail(failure('IMPORT.UNREADABLE_FILE', error.message));
    throw error;
  }
}

/** The first rows as the events they would become, by the very code that imports them. */
async function mapped(file: SampledFile, mapping: Mapping) {
  const { path, source, format, complete, desk } = file;
  const plan = { importId: 'preview', path, source, format, mapping, most: SHOWN };
  try {
    for await (const { events, refused, place } of readPortions(plan, desk)) {
      const rows = shown(JSON.parse(new TextDecoder().decode(events)) as { payload: Payload }[]);
      for (const { line, column, reason } of refused) rows.push({ line, rejected: { column, reason } });
      rows.sort((a, b) => a.line - b.line);
      // The last row may be cut where the file is.
      return { rows: complete || rows.length > 1 ? rows.slice(0, SHOWN) : [], place };
    }
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    return { rows: [], flaw: error.message };
  }
  return { rows: [] };
}

type Payload = Record<string, unknown> & { context: { import: { line: number } } };
interface ShownRow {
  line: number;
  events?: object[];
  rejected?: { column: string | null; reason: string };
}

function shown(events: { payload: Payload }[]): ShownRow[] {
  const rows = new Map<number, object[]>();
  for (const { payload } of events) {
    const { line } = payload.context.import;
    rows.set(line, [...(rows.get(line) ?? []), payload]);
  }
  return [...rows].map(([line, list]) => ({ line, events: list }));
}

function warningsOf(columns: readonly ColumnGuess[], sample: Sample): string[] {
  const ambiguous = columns.filter((column) => column.alsoFits);
  const repeated = columns.filter((column) => /#\d+$/.test(column.name));
  const mixed = columns.filter((column) => column.unlike > 0);
  return [
    ...ambiguous.map(
      ({ name, format, alsoFits }) => `“${name}” may be a date as ${format}, or as ${alsoFits?.join(' or ')}`,
    ),
    ...repeated.map(({ name }) => `the header repeats a name: the later column is called “${name}”`),
    ...mixed.map(
      ({ name, unlike, filled, type }) => `“${name}”: ${unlike} of ${filled} values are no ${type}`,
    ),
    ...sample.flaws.slice(0, 10).map(({ line, flaw }) => `line ${line} ${flaw}`),
  ];
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer;
  } finally {
    await file.close();
  }
}
