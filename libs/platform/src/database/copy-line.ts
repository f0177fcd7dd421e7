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

/** A row as a line of COPY's text format, in parts: a long field is not copied into a longer text. */
export function copyLine(fields: readonly (string | null)[]): string[] {
  const parts: string[] = [];
  for (const field of fields) parts.push(escaped(field), '\t');
  parts[parts.length - 1] = '\n';
  return parts;
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
