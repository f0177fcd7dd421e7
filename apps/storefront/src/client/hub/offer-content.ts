import type { OfferContent } from '@repartee/web';

/** What the shop knows how to show of a treatment. */
export interface ShownContent {
  headline: string;
  body?: string;
  image?: string;
  cta?: { label: string; url: string };
}

/** Reads a treatment's content; null when it has no headline. Addresses are http(s) or paths of a site. */
export function readContent(content: OfferContent | null | undefined): ShownContent | null {
  const headline = text(content?.['headline']);
  if (!headline) return null;
  const shown: ShownContent = { headline };
  const body = text(content?.['body']);
  const image = address(content?.['image']);
  const cta = content?.['cta'];
  if (body) shown.body = body;
  if (image) shown.image = image;
  if (typeof cta === 'object' && cta !== null) {
    const { label, url } = cta as Record<string, unknown>;
    const target = address(url);
    if (text(label) && target) shown.cta = { label: String(label), url: target };
  }
  return shown;
}

/** The ids of the items an offer was filled with. */
export function readItems(content: OfferContent | null | undefined): string[] {
  const items = content?.['items'];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => text((item as { id?: unknown } | null)?.id) ?? []);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}

function address(value: unknown): string | undefined {
  const url = text(value);
  return url && /^(https?:\/\/|\/(?!\/))/i.test(url) ? url : undefined;
}
