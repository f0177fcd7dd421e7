import { StreamReader, type ReaderParts, type StreamEvent } from './stream-reader.js';
import type { Surroundings } from './surroundings.js';

/** The part of a `SharedWorker` that is used. */
export interface WorkerLike {
  port: Pick<MessagePort, 'postMessage' | 'start' | 'close'> & { onmessage: unknown };
  onerror?: unknown;
}

/** One stream for all pages of a browser; this page's end of it. */
export interface Line {
  /** Whoever holds the stream opens another: the session stands for somebody else now. */
  renew(): void;
  close(): void;
}

export interface LineParts extends Omit<ReaderParts, 'open' | 'random'> {
  surroundings: Surroundings;
  /** Pages with the same name share a stream. */
  name: string;
  worker?: (() => WorkerLike) | undefined;
}

/**
 * By the site's shared worker where there is one; else by the page that holds the lock, which tells the others; else
 * every page by itself.
 */
export function openLine(parts: LineParts): Line {
  if (parts.worker) {
    try {
      const worker = parts.worker();
      let line = byWorker(parts, worker);
      // Its script is not there, or the site's policy refuses it.
      worker.onerror = () => {
        line.close();
        line = withoutWorker(parts);
      };
      return { renew: () => line.renew(), close: () => line.close() };
    } catch {
      // No shared workers here.
    }
  }
  return withoutWorker(parts);
}

function withoutWorker(parts: LineParts): Line {
  const { surroundings } = parts;
  if (surroundings.broadcast && surroundings.lock) return byLock(parts);
  return alone(parts);
}

function reader(parts: LineParts, emit: ReaderParts['emit'], lastId = ''): StreamReader {
  const { surroundings, address } = parts;
  const open: ReaderParts['open'] = (url) => {
    if (!surroundings.eventSource) throw new Error('no EventSource');
    return surroundings.eventSource(url);
  };
  return new StreamReader({ address, open, emit, random: () => surroundings.random() }, lastId);
}

function alone(parts: LineParts): Line {
  const stream = reader(parts, parts.emit);
  stream.start();
  return { renew: () => stream.start(), close: () => stream.stop() };
}

function byLock(parts: LineParts): Line {
  const { surroundings, name, emit } = parts;
  const channel = surroundings.broadcast?.(name);
  if (!channel || !surroundings.lock) return alone(parts);
  let lastId = '';
  let stream: StreamReader | undefined;
  const hear = (event: StreamEvent): void => {
    lastId = event.id || lastId;
    emit(event);
  };
  channel.onmessage = ({ data }: MessageEvent<StreamEvent | 'renew'>) => {
    if (data === 'renew') stream?.start();
    else hear(data);
  };
  const release = surroundings.lock(name, () => {
    stream = reader(
      parts,
      (event) => {
        hear(event);
        channel.postMessage(event);
      },
      lastId,
    );
    stream.start();
  });
  return {
    renew: () => (stream ? stream.start() : channel.postMessage('renew')),
    close: () => {
      stream?.stop();
      release();
      channel.close();
    },
  };
}

function byWorker(parts: LineParts, { port }: WorkerLike): Line {
  port.onmessage = ({ data }: MessageEvent<{ ask?: string; event?: StreamEvent }>) => {
    if (data.event) parts.emit(data.event);
    if (data.ask !== undefined)
      parts.address(data.ask).then(
        (address) => port.postMessage({ address }),
        () => port.postMessage({ address: '' }),
      );
  };
  port.start();
  const join = { join: parts.name };
  const leave = (): void => port.postMessage({ leave: true });
  port.postMessage(join);
  const stopListening = parts.surroundings.onLeave(leave);
  return {
    renew: () => port.postMessage({ renew: true }),
    close: () => {
      stopListening();
      leave();
      port.close();
    },
  };
}
