/** Bounded repetition keeps a hostile mail from costing more than its length. */
const anchor =
  /<(?:a|area)\b[^<>]{0,2000}?\bhref\s{0,20}=\s{0,20}(?:"([^"<>]{0,4000})"|'([^'<>]{0,4000})'|([^\s"'<>]{1,4000}))/gi;
const bare = /\bhttps?:\/\/[^\s<>"'`]{1,4000}/gi;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Addresses of links in HTML, then those in plain text, each once, in order. */
export function findLinks(html: string, text: string): string[] {
  const links = new Set<string>();
  for (const [, double, single, plain] of html.matchAll(anchor)) {
    const link = decode(double ?? single ?? plain ?? '').trim();
    if (link && !link.startsWith('#')) links.add(link);
  }
  for (const [link] of text.matchAll(bare)) links.add(link.replace(/[.,;:!?)\]]+$/, ''));
  return [...links];
}

function decode(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
