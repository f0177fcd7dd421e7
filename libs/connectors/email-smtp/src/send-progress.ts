import { PassThrough, type Readable } from 'node:stream';

/**
 * Watches whether the content of one message has begun to leave: the server asks for it only after it took sender and
 * recipient. Before that, a failure proves that nothing was sent; from then on nobody can tell.
 */
export class SendProgress {
  readonly #streams: Readable[] = [];

  /** Whether any of the content was read to be sent. */
  get contentLeft(): boolean {
    return this.#streams.some((stream) => stream.readableDidRead);
  }

  /** Watches the last stage of the message's stream. Content that began to leave is not given out a second time. */
  watch(content: Readable): Readable {
    if (this.contentLeft) {
      content.destroy();
      const nothing = new PassThrough();
      nothing.destroy(new Error('the message began to leave before'));
      return nothing;
    }
    this.#streams.push(content);
    return content;
  }
}
