import { compile } from 'html-to-text';

const LINE_LENGTH = 78;

/** Makes the text of mails out of their HTML. The conversion is most of what composing costs. */
export class TextVersion {
  readonly #convert;
  #html = '';
  #text = '';

  /** @param hidden class of the preheader, which the mail itself does not show */
  constructor(hidden: string) {
    // Made once: reading its selectors takes longer than a mail.
    this.#convert = compile({
      wordwrap: LINE_LENGTH,
      selectors: [
        { selector: 'img', format: 'skip' },
        { selector: `div.${hidden}`, format: 'skip' },
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      ],
    });
  }

  /** Mails that say the same to everybody are converted once, as long as no other comes between them. */
  of(html: string): string {
    if (html !== this.#html) [this.#html, this.#text] = [html, this.#convert(html)];
    return this.#text;
  }
}
