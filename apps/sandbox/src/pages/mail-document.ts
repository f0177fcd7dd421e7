/** A mail's own HTML; `base` makes its links open beside the mailbox. */
export function mailDocument(html: string): string {
  const base = '<base target="_blank"><meta name="viewport" content="width=device-width, initial-scale=1">';
  const head = /<head\b[^<>]{0,500}>/i.exec(html);
  if (!head) return `<!doctype html>${base}${html}`;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}${base}${html.slice(at)}`;
}
