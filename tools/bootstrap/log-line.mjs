// What of the children's logs is worth a line on the terminal.
const NAMES = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
const WARN = 40;

/** A line for people, or undefined for one that stays in the file. `all`: the user asked for a level, so show it all. */
export function showLine(service, line, all) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return all ? `${service}: ${line}` : undefined;
  }
  const level = typeof entry?.level === 'number' ? entry.level : levelOf(entry?.level);
  if (!all && !(level >= WARN)) return undefined;
  const cause = entry.err?.message ?? entry.error?.message;
  const text = [entry.msg ?? entry.message ?? line, cause].filter(
    (part, at, parts) => part && parts.indexOf(part) === at,
  );
  return `${service}: ${NAMES[level] ?? 'log'}: ${text.join(': ')}`;
}

function levelOf(name) {
  return Number(Object.keys(NAMES).find((level) => NAMES[level] === name) ?? 30);
}
