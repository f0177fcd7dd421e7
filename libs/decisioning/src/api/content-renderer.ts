import type { CompiledContent, Result } from '@repartee/contracts';
import type { ShownItems } from './shown-items.js';
import type { OfferFacts } from '../domain/index.js';

/** What a template may speak of. */
export interface ContentData extends Record<string, unknown>, ShownItems {
  /** The person as rules see them. */
  profile: object;
  /** With `terms` once some were agreed on. */
  offer: (OfferFacts & { terms?: object }) | null;
  zone: string;
  context: object;
  locale: string | null;
  links: { click: string; impression: string } | null;
}

/** What sending content takes: bytes, messages it takes (segments of a text), cost where a price is known. */
export type ContentEstimate = Record<string, unknown>;

/** How content looks to somebody, and what it takes; null where its channel does not foretell that. */
export interface ContentPreview {
  content: unknown;
  estimate: ContentEstimate | null;
}

/** What channels do with content. Decisioning knows no channel: the application ties this port to the connectors. */
export abstract class ContentRenderer {
  /** Checks and compiles content as written. Pointers in the failure's `errors` start at the content. */
  abstract compile(channel: string, content: Record<string, unknown>): Promise<Result<CompiledContent>>;

  /** Fills compiled content in; synchronous, for it is part of every decision. Throws when the content cannot be rendered. */
  abstract render(channel: string, content: CompiledContent, data: ContentData): Record<string, unknown>;

  /** Fills content in as it would be sent, for somebody to look at. Fails where it cannot be rendered. */
  abstract preview(
    channel: string,
    content: CompiledContent,
    data: Record<string, unknown>,
  ): Result<ContentPreview>;

  /** What it takes to send it. */
  abstract estimate(channel: string, content: CompiledContent): ContentEstimate | null;
}
