import { isNode, Lexer, LineCounter, parseDocument, Parser, type Document, type Node } from 'yaml';

/** Levels of a document; no configuration comes near it. */
const MAX_DEPTH = 100;

/** Where something stands in a document, from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What went wrong, at a JSON pointer; a place within the text there may be given as offset, or as line and column. */
export interface Located {
  pointer: string;
  offset?: number;
  line?: number;
  column?: number;
}

/** A YAML (so also JSON) document that remembers where everything stands. */
export class SourceDocument {
  private constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private readonly text: string,
  ) {}

  /** Parses at most one document; aliases are bounded, so that a small text cannot grow large. */
  static parse(
    text: string,
  ): { document: SourceDocument; value: unknown } | { error: string; position: Position } {
    const lines = new LineCounter();
    const tooDeep = depthExceededAt(text);
    if (tooDeep !== undefined)
      return {
        error: `the document is nested deeper than ${MAX_DEPTH} levels`,
        position: positionIn(text, tooDeep),
      };
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const [error] = document.errors;
    if (error) return { error: error.message, position: place(lines, error.pos[0]) };
    try {
      return {
        document: new SourceDocument(document, lines, text),
        value: document.toJS({ maxAliasCount: 100 }),
      };
    } catch {
      return { error: 'the document repeats too much by aliases', position: { line: 1, column: 1 } };
    }
  }

  /** Line and column of a pointer; of the nearest parent, where the pointer leads to something that is missing. */
  locate({ pointer, offset, line, column }: Located): Position {
    const path = pointer
      .replace(/^#?\/?/, '')
      .split('/')
      .filter((token) => token !== '')
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    const { node, complete } = this.nearest(path);
    const start = node?.range?.[0] ?? 0;
    if (!complete || !node) return place(this.lines, start);
    const block = 'type' in node && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    if (line !== undefined) return this.withinText(start, block, line, column ?? 1);
    if (offset !== undefined)
      return place(this.lines, block ? start : start + (this.quoted(node) ? 1 : 0) + offset);
    return place(this.lines, start);
  }

  private withinText(start: number, block: boolean, line: number, column: number): Position {
    const at = place(this.lines, start);
    if (block) return { line: at.line + line, column: this.indentation(start) + column };
    return line > 1 ? { line: at.line + line - 1, column } : { ...at, column: at.column + column };
  }

  /** How far a block of text is indented: as far as its first line. */
  private indentation(start: number): number {
    return /\n( *)[^ \r\n]/.exec(this.text.slice(start))?.[1]?.length ?? 0;
  }

  private quoted(node: Node): boolean {
    return 'type' in node && (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE');
  }

  private nearest(path: string[]): { node: Node | undefined; complete: boolean } {
    for (let length = path.length; length >= 0; length -= 1) {
      const keys = path.slice(0, length).map((token) => (/^\d+$/.test(token) ? Number(token) : token));
      const node: unknown = length === 0 ? this.document.contents : this.document.getIn(keys, true);
      if (isNode(node)) return { node, complete: length === path.length };
    }
    return { node: undefined, complete: false };
  }
}

/**
 * Looked for before the document is composed, level within level: where the stack ends while a regular expression is compiled,
 * V8 ends the process. @returns the offset of the first level that is too deep
 */
function depthExceededAt(text: string): number | undefined {
  const parser = new Parser();
  // A level is a collection and the value it holds.
  const limit = 2 * MAX_DEPTH;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ended of parser.next(lexeme));
    if (parser.stack.length > limit) return parser.offset;
  }
  return undefined;
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function place(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
