import { fail, ok, type FailureDetail, type Result } from '@repartee/contracts';
import { Liquid, LiquidError, type Template } from 'liquidjs';
import { parseSimple, renderSimple, type SimpleTemplate } from './simple-template.js';
import type { TemplateData } from './treatment.js';

/** Where a template is wrong; line and column count from 1. */
export interface TemplateProblem {
  message: string;
  line: number;
  column: number;
}

/** A template that parsed but could not be rendered with these data: it ran too long or grew too large. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Tags that would read other templates, hence files. */
const FILE_TAGS = ['include', 'render', 'layout', 'block'];
const MAX_TEMPLATE_LENGTH = 500_000;
const MAX_RENDER_MILLISECONDS = 250;
const MAX_RENDER_MEMORY = 20_000_000;
const MAX_CACHED_CHARACTERS = 2_000_000;
const POSITION_IN_MESSAGE = /, (?:file:[^,]*, )?line:\d+, col:\d+$/;

interface Parsed {
  simple: SimpleTemplate | undefined;
  full: Template[];
}

/** Whether a string holds any Liquid. Strings that do not are passed through as they are. */
export function hasLiquid(source: string): boolean {
  return source.includes('{{') || source.includes('{%');
}

/**
 * The Liquid dialect of all connectors: a missing value renders as nothing, an unknown filter or tag is an error, only
 * own properties are seen, no files are read, time and memory are bounded.
 */
export class Templates {
  readonly #engine: Liquid;
  readonly #escape: boolean;
  /** Parsed templates by source: memo of a pure function, bounded, least recently used first. */
  readonly #parsed = new Map<string, Parsed>();
  #cachedCharacters = 0;

  /** @param escape `html` escapes every output unless it passes through the filter `raw`. */
  constructor(escape: 'html' | 'none') {
    this.#escape = escape === 'html';
    this.#engine = new Liquid({
      outputEscape: this.#escape ? 'escape' : undefined,
      strictFilters: true,
      ownPropertyOnly: true,
      parseLimit: MAX_TEMPLATE_LENGTH,
      renderLimit: MAX_RENDER_MILLISECONDS,
      memoryLimit: MAX_RENDER_MEMORY,
    });
    for (const tag of FILE_TAGS) delete this.#engine.tags[tag];
  }

  /** Parses, and says what is wrong and where. */
  check(source: string): Result<void, TemplateProblem> {
    if (!hasLiquid(source)) return ok(undefined);
    try {
      this.#engine.parse(source);
      return ok(undefined);
    } catch (error) {
      return fail(problemOf(error));
    }
  }

  /**
   * Renders synchronously. Strings without Liquid cost nothing.
   * @throws TemplateError
   */
  render(source: string, data: TemplateData): string {
    if (!hasLiquid(source)) return source;
    try {
      const { simple, full } = this.#parse(source);
      const text = simple && renderSimple(simple, data, this.#escape);
      return text ?? String(this.#engine.renderSync(full, data));
    } catch (error) {
      throw new TemplateError(problemOf(error).message);
    }
  }

  #parse(source: string): Parsed {
    const known = this.#parsed.get(source);
    if (known) return known;
    const parsed = { full: this.#engine.parse(source), simple: parseSimple(source) };
    for (const oldest of this.#parsed.keys()) {
      if (this.#cachedCharacters + source.length <= MAX_CACHED_CHARACTERS) break;
      this.#parsed.delete(oldest);
      this.#cachedCharacters -= oldest.length;
    }
    this.#parsed.set(source, parsed);
    this.#cachedCharacters += source.length;
    return parsed;
  }
}

/** Checks the templates of a content by their JSON pointers. */
export function checkTemplates(
  templates: Templates,
  sources: Record<string, string | undefined>,
): FailureDetail[] {
  return Object.entries(sources).flatMap(([pointer, source]) => {
    const checked = templates.check(source ?? '');
    if (checked.ok) return [];
    const { message, line, column } = checked.failure;
    return [{ pointer, detail: message, line, column }];
  });
}

function problemOf(error: unknown): TemplateProblem {
  if (!LiquidError.is(error)) return { message: String(error), line: 1, column: 1 };
  const [line = 1, column = 1] = error.token.getPosition();
  return { message: error.message.replace(POSITION_IN_MESSAGE, ''), line, column };
}
