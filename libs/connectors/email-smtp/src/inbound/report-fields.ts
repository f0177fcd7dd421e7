/** Fields of one group of a report, by their names in lower case. */
export type ReportFields = Readonly<Record<string, string>>;

/** Groups of fields, parted by empty lines, as reports hold them (RFC 3464 section 2.1, RFC 5965 section 3). */
export function reportGroups(text: string): ReportFields[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((group) => fieldsIn(group))
    .filter((fields) => Object.keys(fields).length > 0);
}

function fieldsIn(group: string): ReportFields {
  const lines = group.replace(/\n[ \t]+/g, ' ').split('\n');
  const fields = lines.flatMap((line) => {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()] as const];
  });
  return Object.fromEntries(fields);
}
