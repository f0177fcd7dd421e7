/** What COPY's text format reads as something else; https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS */
const ESCAPES: readonly (readonly [character: string, escaped: string])[] = [
  // First: the others bring backslashes with them.
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
];
const NULL = '\\N';
const ESCAPED = /\\(.)/g;
const MEANT: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A row as a line of COPY's text format. */
export function copyLine(fields: readonly (string | null)[]): string {
  return `${fields.map(escaped).join('\t')}\n`;
}

/** The fields of such a line. */
export function readCopyLine(line: string): (string | null)[] {
  return line
    .slice(0, -1)
    .split('\t')
    .map((field) =>
      field === NULL ? null : field.replace(ESCAPED, (_, character: string) => MEANT[character] ?? character),
    );
}

/** Hardly a field has anything to escape, and to look for a character is cheap. */
function escaped(field: string | null): string {
  if (field === null) return NULL;
  let text = field;
  for (const [character, by] of ESCAPES) if (text.includes(character)) text = text.replaceAll(character, by);
  return text;
}
