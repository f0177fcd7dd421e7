interface Token {
  mark: string;
  source: string;
  /** Where it begins in the masked text, and in the source. */
  at: number;
  origin: number;
}

export interface Position {
  line: number;
  column: number;
}

const LIQUID = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;

/**
 * A template whose Liquid is replaced by marks that no XML parser takes offence at: `{% if a < b %}` is not XML. Knows
 * the way back, for the text and for positions in it.
 */
export class MaskedTemplate {
  readonly text: string;
  readonly #tokens: Token[] = [];

  constructor(private readonly source: string) {
    let prefix = 'lqd';
    while (source.toLowerCase().includes(prefix)) prefix += 'q';
    let text = '';
    let end = 0;
    for (const match of source.matchAll(LIQUID)) {
      text += source.slice(end, match.index);
      const mark = `${prefix}${this.#tokens.length}z`;
      this.#tokens.push({ mark, source: match[0], at: text.length, origin: match.index });
      text += mark;
      end = match.index + match[0].length;
    }
    this.text = text + source.slice(end);
  }

  /** Puts the Liquid back, wherever its marks went. */
  restore(text: string): string {
    return this.#tokens.reduceRight((all, { mark, source }) => all.replaceAll(mark, () => source), text);
  }

  /** The Liquid whose marks did not make it into `text`. */
  lostIn(text: string): (Position & { source: string })[] {
    return this.#tokens
      .filter(({ mark }) => !text.includes(mark))
      .map(({ source, origin }) => ({ source, ...this.#position(origin) }));
  }

  /** Where an offset of the masked text is in the source. */
  positionOf(offset: number): Position {
    const token = this.#tokens.findLast(({ at }) => at <= offset);
    if (!token) return this.#position(offset);
    const past = offset - token.at - token.mark.length;
    return this.#position(past < 0 ? token.origin : token.origin + token.source.length + past);
  }

  #position(offset: number): Position {
    const before = this.source.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  }
}
