import type { CloudEvent } from '@repartee/contracts';
import type { NewMessage } from './bus.js';

export interface MessageOrigin {
  id: string;
  /** CloudEvents `source`: a URI reference that names the publisher. */
  source: string;
  now: number;
  traceparent: string | undefined;
}

/** The CloudEvent 1.0 that carries a message. */
export function toCloudEvent(message: NewMessage, origin: MessageOrigin): CloudEvent {
  if (!message.type) throw new Error('a bus message needs a type');
  const traceparent = message.traceparent ?? origin.traceparent;
  return {
    specversion: '1.0',
    id: origin.id,
    source: origin.source,
    type: message.type,
    ...(message.subject === undefined ? {} : { subject: message.subject }),
    time: new Date(origin.now).toISOString(),
    datacontenttype: 'application/json',
    ...(traceparent === undefined ? {} : { traceparent }),
    data: message.data ?? null,
  };
}
