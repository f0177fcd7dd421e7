/** What spreadsheets take for the beginning of a formula (OWASP, “CSV Injection”). */
const FORMULA = /^[=+\-@\t\r]/;
/** Breaks of lines within a cell would break labels. */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;

/** One line of CSV (RFC 4180): every cell quoted, no cell a formula, no cell of several lines. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const line = text.replace(BREAKS, ' ').trim();
  const plain = FORMULA.test(line) ? `'${line}` : line;
  return `"${plain.replaceAll('"', '""')}"`;
}
