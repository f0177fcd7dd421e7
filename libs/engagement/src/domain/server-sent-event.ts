/** One event of a stream (WHATWG HTML, 9.2 "Server-sent events"). */
export interface ServerSentEvent {
  /** What a reader names as `Last-Event-ID` to go on behind this one. Without line breaks. */
  id?: string;
  event: string;
  data: unknown;
  /** Milliseconds a reader waits before it comes again. */
  retry?: number;
}

/** A comment: keeps proxies from taking a quiet stream for a dead one. */
export const HEARTBEAT = ':\n\n';

/** JSON has no line breaks of its own, so `data` is one line. */
export function formatEvent({ id, event, data, retry }: ServerSentEvent): string {
  const lines = [`event: ${event}`, `data: ${JSON.stringify(data)}`];
  if (id !== undefined) lines.push(`id: ${id}`);
  if (retry !== undefined) lines.push(`retry: ${Math.round(retry)}`);
  return `${lines.join('\n')}\n\n`;
}
