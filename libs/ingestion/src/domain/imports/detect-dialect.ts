/** How the cells of a file are told apart. */
export interface Dialect {
  delimiter: string;
  /** What ends a line: a lone carriage return only where there is no line feed. */
  lineEnds: string[];
}

const CANDIDATES = [',', ';', '\t', '|'];
const MAX_LINES = 200;

/**
 * Guesses the delimiter: the one that splits most lines into the same number of cells, more cells before fewer.
 * Quoted parts are passed over.
 * @param head the beginning of the text; its last line may be cut
 */
export function detectDialect(head: string, quote: string | null): Dialect {
  const lineEnds = head.includes('\n') || !head.includes('\r') ? ['\r\n', '\n'] : ['\r'];
  const lines = linesOf(head, quote, lineEnds.includes('\r') ? '\r' : '\n').slice(0, MAX_LINES);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of CANDIDATES) {
    const score = scoreOf(lines, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, lineEnds };
}

/** The lines outside quotes, with quoted parts taken out. The last one, which may be cut, only where it is alone. */
function linesOf(head: string, quote: string | null, end: string): string[] {
  const bare = quote === null ? head : head.replaceAll(new RegExp(`${quote}[^${quote}]*${quote}`, 'g'), '');
  const lines = bare.split(end).filter((line) => line.trim() !== '');
  return lines.length > 1 && !head.endsWith(end) ? lines.slice(0, -1) : lines;
}

function scoreOf(lines: readonly string[], delimiter: string): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const cells = line.split(delimiter).length;
    counts.set(cells, (counts.get(cells) ?? 0) + 1);
  }
  let [cells, times] = [1, 0];
  for (const [number, frequency] of counts) if (frequency > times) [cells, times] = [number, frequency];
  return cells < 2 ? 0 : (times / lines.length) ** 2 * (1 + Math.log2(cells));
}

const WORDY = /^[\p{L}_][\p{L}\p{N}_ .\-/()#]*$/u;

/** Whether the first line looks like a header: words, all different, and none of them like the values below. */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (!first || first.every((cell) => cell.trim() === '')) return false;
  const filled = first.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (!filled.every((cell) => WORDY.test(cell) && cell.length <= 60)) return false;
  const alike = first.filter((cell, index) => rest.some((row) => row[index]?.trim() === cell.trim()));
  return alike.length <= first.length / 3;
}
