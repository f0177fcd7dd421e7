/** Something that MJML's lenient parser would pass over in silence. */
export interface StructureProblem {
  message: string;
  offset: number;
}

const COMMENT = /<!--[\s\S]*?-->/g;
const TAG = /<(\/?)(mjml|mj-[a-z-]+)((?:[^"'<>]|"[^"]*"|'[^']*')*?)(\/?)>/g;

/** Checks that MJML tags are closed in order, and that nothing is included from files. */
export function checkMjmlStructure(text: string): StructureProblem[] {
  const plain = text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '));
  const open: { name: string; offset: number }[] = [];
  for (const match of plain.matchAll(TAG)) {
    const [, closing, name = '', , empty] = match;
    const offset = match.index;
    if (name === 'mj-include') return [{ message: 'mj-include is not allowed: no files are read', offset }];
    if (closing) {
      const last = open.pop();
      if (!last) return [{ message: `</${name}> closes nothing`, offset }];
      if (last.name !== name)
        return [{ message: `<${last.name}> is not closed before </${name}>`, offset: last.offset }];
    } else if (!empty) {
      open.push({ name, offset });
    }
  }
  return open.slice(-1).map(({ name, offset }) => ({ message: `<${name}> is not closed`, offset }));
}
