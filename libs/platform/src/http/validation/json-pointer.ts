/** A path within a document as JSON pointer in URI fragment form (RFC 6901, section 6), as `#/zones/0/key`. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return `#${path.map((step) => `/${escape(String(step))}`).join('')}`;
}

function escape(step: string): string {
  const token = step.replace(/~/g, '~0').replace(/\//g, '~1');
  // A lone surrogate has no percent-encoding.
  return encodeURIComponent(token.replace(/\p{Surrogate}/gu, '\ufffd'));
}
