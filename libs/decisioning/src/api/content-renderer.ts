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

/** What channels do with content. Decisioning knows no channel: the application ties this port to the connectors. */
export abstract class ContentRenderer {
  /** Checks and compiles content as written. Pointers in the failure's `errors` start at the content. */
  abstract compile(channel: string, content: Record<string, unknown>): Promise<Result<CompiledContent>>;

  /** Fills compiled content in; synchronous, for it is part of every decision. Throws when the content cannot be rendered. */
  abstract render(channel: string, content: CompiledContent, data: ContentData): Record<string, unknown>;
}
