import { PassThrough, pipeline, type Readable } from 'node:stream';

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

  /** The last stage of the message's stream. Content that began to leave is not given out a second time. */
  watch(content: Readable): Readable {
    const output = new PassThrough();
    if (this.contentLeft) {
      content.destroy();
      output.destroy(new Error('the message began to leave before'));
      return output;
    }
    pipeline(content, output, () => undefined);
    this.#streams.push(output);
    return output;
  }
}
