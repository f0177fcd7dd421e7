import { types } from 'node:util';

/** Stands where a secret or an address of a person stood. */
export const REDACTED = '[redacted]';

const SECRET_KEY = /authorization|cookie|passw(or)?d|secret|token|writekey|apikey|privatekey|credential/;
const PERSONAL_KEY =
  /^(user|customer|contact|recipient|sender)?(e?mail|e?mailaddress|phone|phonenumber|mobile|msisdn)s?$/;
const MAX_DEPTH = 8;

/**
 * A copy of what is to be logged without secrets, e-mail addresses and phone numbers.
 * It goes by the names of the fields, at any depth, so that no caller has to remember it.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (types.isDate(value)) return value;
  if (types.isNativeError(value)) return describeError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    copy[key] = isSensitive(key, item) ? REDACTED : redact(item, depth + 1);
  }
  return copy;
}

function isSensitive(key: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return false;
  }
  const plain = key.replace(/[-_.\s]/g, '').toLowerCase();
  return SECRET_KEY.test(plain) || PERSONAL_KEY.test(plain);
}

/** Masks what looks like credentials, e-mail addresses and international phone numbers within a text. */
export function redactText(text: string): string {
  if (text.length > 20_000) return `${redactText(text.slice(0, 20_000))}…`;
  return text
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`)
    .replace(/\b((?:write|api)?_?key|token|secret|password)=[^&\s"']+/gi, `$1=${REDACTED}`)
    .replace(/(\w+:\/\/[^\s:/@]+):[^\s@/]+@/g, `$1:${REDACTED}@`)
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,24}\b/gi, REDACTED)
    .replace(/(?<![\w.])\+\d[\d ()-]{6,18}\d\b/g, REDACTED);
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause, ...fields } = error as Error & Record<string, unknown>;
  const described: Record<string, unknown> = { type: name, message: redactText(message) };
  if (stack) described['stack'] = redactText(stack);
  if (depth < MAX_DEPTH) {
    // A failed query carries its parameters: they are data of people.
    const { parameters: _parameters, driverError: _driverError, ...safe } = fields;
    Object.assign(described, redact(safe, depth + 1));
    if (cause !== undefined) described['cause'] = redact(cause, depth + 1);
  }
  return described;
}
