/** The one stream of the bus. */
export const STREAM = 'REPARTEE';
/** Before every subject of the bus. */
export const PREFIX = 'repartee.';
/** Before the subjects of questions: the stream must not take them, it would answer. */
export const ASK_PREFIX = 'repartee-ask.';
/** Set by the relay: `<message id> <earlier tries>`. What others publish has none. */
export const MESSAGE_HEADER = 'Repartee-Message';
export const CLOUD_EVENT_JSON = 'application/cloudevents+json';

/** The subject of a type: `repartee.delivery.due`. Characters that subjects may not have are written as `%2A`. */
export function subjectOf(type: string): string {
  return PREFIX + type.replace(/[^\w.:-]|^\.|\.$|\.(?=\.)/gu, escaped('%'));
}

/** The name of a type's durable consumer: `delivery_due`. What names may not have is written as `=2A`. */
export function durableOf(type: string): string {
  return type.replace(/[^A-Za-z\d.-]/gu, escaped('=')).replaceAll('.', '_');
}

function escaped(mark: string): (text: string) => string {
  return (text) =>
    [...Buffer.from(text)]
      .map((byte) => `${mark}${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
}
