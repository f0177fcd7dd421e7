/** How a CSV file is written, as far as its rejected rows must be written alike. */
export interface FileLayout {
  delimiter: string;
  /** Null where quotes mean nothing. */
  quote: string | null;
  /** The cells of its header; null for a file without one. */
  header: string[] | null;
}

/** A row that was rejected, and why. */
export interface RejectedRow {
  line: number;
  reason: string;
  raw: string;
}

/**
 * The header of a file of rejected CSV rows: two columns for line and reason, then those of the file. Once the rows are
 * put right, it can be imported with the same mapping as it is. Empty where the file had no header.
 */
export function rejectedHeader({ header, delimiter, quote }: FileLayout): string {
  if (header === null) return '';
  const names = header.map((name, index) => (name.trim() === '' ? `column_${index + 1}` : name));
  return `${['rejected_line', 'rejected_reason', ...names].map((name) => cell(name, delimiter, quote)).join(delimiter)}\n`;
}

/** One rejected CSV row: line and reason before it, and then the row as it came. */
export function rejectedLine(row: RejectedRow, { header, delimiter, quote }: FileLayout): string {
  const raw = row.raw.replace(/[\r\n]+$/, '');
  return header === null
    ? `${raw}\n`
    : `${row.line}${delimiter}${cell(row.reason, delimiter, quote)}${delimiter}${raw}\n`;
}

/** One rejected JSON document as it came, with line and reason under `$rejected`, which no mapping reads. */
export function rejectedDocument({ line, reason, raw }: RejectedRow): string {
  const text = raw.trim();
  const rejected = JSON.stringify({ line, reason });
  if (!isObject(text)) return `${JSON.stringify({ $rejected: { line, reason, raw: text } })}\n`;
  const rest = text.slice(1).trimStart();
  return `{"$rejected":${rejected}${rest.startsWith('}') ? '' : ','}${rest}\n`;
}

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return text.startsWith('{') && !text.includes('\n');
  } catch {
    return false;
  }
}

function cell(text: string, delimiter: string, quote: string | null): string {
  if (quote === null) return text.replaceAll(delimiter, ' ').replaceAll(/[\r\n]+/g, ' ');
  const special = text.includes(delimiter) || text.includes(quote) || /[\r\n]/.test(text);
  return special ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text;
}
