import { type FromPage, shareStreams, type ToPage } from './shared-stream.js';
import type { LiveEvent, StreamState } from './stream-reader.js';

export interface LiveLineParts {
  /** Pages that name the same address share one stream. */
  url: string;
  /** Makes the shared worker; without one, or where the browser has none, the page holds the stream itself. */
  worker?: (() => SharedWorker) | undefined;
  onEvent(event: LiveEvent): void;
  onState(state: StreamState): void;
  /** More was missed than can be told again: ask for everything anew. */
  onGap(): void;
}

interface Port {
  postMessage(message: FromPage): void;
  onmessage: ((message: MessageEvent<ToPage>) => void) | null;
}

/** A page's end of the stream: events in order, each once, and word of every gap. */
export function openLiveLine(parts: LiveLineParts): { close(): void } {
  let port = portOf(parts.worker, () => {
    port = begin(alone(), parts);
  });
  begin(port, parts);
  const leave = (): void => port.postMessage({ leave: true });
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) port.postMessage({ join: parts.url });
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', back);
  return {
    close: () => {
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', back);
      leave();
      port.onmessage = null;
    },
  };
}

function begin(port: Port, parts: LiveLineParts): Port {
  const take = orderly((after) => port.postMessage({ replayAfter: after }), parts);
  port.onmessage = ({ data }) => take(data);
  port.postMessage({ join: parts.url });
  return port;
}

/**
 * Hands on what comes in its order.
 * @param replay asks for everything after a number
 */
export function orderly(
  replay: (after: number) => void,
  { onEvent, onState, onGap }: Pick<LiveLineParts, 'onEvent' | 'onState' | 'onGap'>,
): (message: ToPage) => void {
  let last: number | undefined;
  return (message) => {
    if ('gap' in message) {
      last = message.gap;
      onGap();
    } else if ('state' in message) {
      last ??= message.seq;
      if (message.seq > last) replay(last);
      onState(message.state);
    } else {
      last ??= message.seq - 1;
      if (message.seq === last + 1) {
        last = message.seq;
        onEvent(message.event);
      } else if (message.seq > last) replay(last);
    }
  };
}

function portOf(worker: LiveLineParts['worker'], whenBroken: () => void): Port {
  if (!worker || typeof SharedWorker === 'undefined') return alone();
  try {
    const shared = worker();
    // Its script is not there, or the site's policy refuses it.
    shared.onerror = whenBroken;
    return shared.port;
  } catch {
    return alone();
  }
}

/** Both ends in one page. */
function alone(): Port {
  const { port1, port2 } = new MessageChannel();
  shareStreams((...call) => fetch(...call))(port1);
  return port2;
}
