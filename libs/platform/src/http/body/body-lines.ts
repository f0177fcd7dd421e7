const NEWLINE = 0x0a;

/** A line of a body; null stands for one that is too long. */
export type BodyLine = string | null;

/**
 * The lines of a body, as many at a time as arrived together; blank ones are left out. No more than one line and one
 * piece are held, and of a line that is too long nothing.
 * @param most the longest line, in bytes
 */
export async function* bodyLines(body: AsyncIterable<Buffer>, most: number): AsyncGenerator<BodyLine[]> {
  let held: Buffer[] = [];
  let length = 0;
  const hold = (part: Buffer) => {
    length += part.length;
    if (length > most) held = [];
    else held.push(part);
  };
  const take = (lines: BodyLine[]) => {
    const line = length > most ? null : Buffer.concat(held).toString('utf8').trim();
    held = [];
    length = 0;
    if (line !== '') lines.push(line);
  };
  for await (const piece of body) {
    const lines: BodyLine[] = [];
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      hold(piece.subarray(from, end));
      take(lines);
      from = end + 1;
    }
    hold(piece.subarray(from));
    if (lines.length > 0) yield lines;
  }
  const last: BodyLine[] = [];
  take(last);
  if (last.length > 0) yield last;
}
