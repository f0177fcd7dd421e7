import { type RowMapper, rowMapper } from '../../../domain/imports/row-mapper.js';
import { csvLayout } from './csv-layout.js';
import { CsvReader } from './csv-reader.js';
import { ImportFailure } from './import-failure.js';
import { LineReader } from './line-reader.js';
import { openText, readHead } from './open-text.js';
import {
  type Opened,
  type Portion,
  PortionBuilder,
  type ReadingDesk,
  type ReadPlan,
} from './portion-builder.js';
import type { RecordReader } from './read-record.js';

/**
 * Reads a file portion by portion.
 * @throws ImportFailure where the file cannot be read further; the portions before it stand
 */
export async function* readPortions(plan: ReadPlan, desk: ReadingDesk): AsyncGenerator<Portion> {
  const opened = await begin(plan);
  if (!opened) return;
  const { reader, place } = opened;
  const text = await openText(plan.path, { encoding: opened.encoding, offset: place.offset });
  const builder = new PortionBuilder(plan, opened, desk);
  try {
    for await (const piece of text) {
      for (const record of await reader.feed(piece)) {
        builder.take(record);
        if (builder.full) yield builder.build(text.bytesRead());
      }
    }
  } catch (error) {
    // What was read up to the break is kept.
    if (builder.filled) yield builder.build(text.bytesRead());
    throw error instanceof ImportFailure
      ? new ImportFailure(error.message, error.line ?? builder.line)
      : error;
  }
  for (const record of await reader.end()) {
    builder.take(record);
    if (builder.full) yield builder.build(text.bytesRead());
  }
  yield builder.build(text.bytesRead());
}

/** Looks at the head of the file: how it is written, what its columns are, whether the mapping fits. */
async function begin(plan: ReadPlan): Promise<(Opened & { reader: RecordReader }) | undefined> {
  const { mapping, format } = plan;
  const { text, encoding } = await readHead(plan.path, mapping.encoding);
  if (format === 'ndjson') {
    const place = plan.from ?? { offset: 0, line: 1 };
    return { encoding, place, reader: new LineReader(place), mapper: fitting(plan), layout: undefined };
  }
  const layout = await csvLayout(text, mapping);
  if (!layout) return undefined;
  const place = plan.from ?? layout.place;
  const reader: RecordReader = new CsvReader(layout, place);
  return { encoding, place, reader, mapper: fitting(plan, layout.columns), layout };
}

function fitting({ mapping }: ReadPlan, columns?: readonly string[]): RowMapper {
  const mapper = rowMapper(mapping, columns);
  if (!mapper.ok) throw new ImportFailure(mapper.failure);
  return mapper.value;
}
