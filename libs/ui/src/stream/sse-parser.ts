/** One server-sent event. */
export interface SentEvent {
  type: string;
  /** Where the stream stands behind it. */
  id: string;
  data: string;
  /** Milliseconds the server asks to wait before coming back. */
  retry?: number;
}

/** Reads `text/event-stream` piece by piece (HTML Living Standard, 9.2.6); comments only show that the line lives. */
export class SseParser {
  private rest = '';
  private lastId = '';

  feed(chunk: string): SentEvent[] {
    const blocks = (this.rest + chunk).replace(/\r\n?/g, '\n').split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => this.read(block));
  }

  private read(block: string): SentEvent[] {
    const data: string[] = [];
    let type = 'message';
    let retry: number | undefined;
    for (const line of block.split('\n')) {
      const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
      if (name === 'data') data.push(value);
      else if (name === 'event') type = value;
      else if (name === 'id') this.lastId = value;
      else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
    }
    if (data.length === 0) return [];
    return [{ type, id: this.lastId, data: data.join('\n'), ...(retry !== undefined && { retry }) }];
  }
}
