import { fail, ok, type Result } from '@repartee/contracts';
import type { RuleTypes } from '@repartee/profile/domain';
import {
  type CatalogueEntries,
  type CatalogueEntry,
  type CatalogueSection,
  type CatalogueSnapshot,
  compileCatalogue,
  type CompileOptions,
  type EntryRef,
  type Issue,
  mergeCatalogue,
  phasesOf,
} from '../domain/index.js';
import type { StoredCatalogue } from '../persistence/index.js';
import { ContentCompiler } from './content-compiler.js';
import type { ContentRenderer } from './content-renderer.js';

/** The catalogue as it is, and as it will be at each moment that something is scheduled for; in order. */
export type Snapshots = readonly [CatalogueSnapshot, ...CatalogueSnapshot[]];

/** Each moment ahead is a catalogue of its own in memory. */
const MOST_MOMENTS = 16;

/** Makes catalogues ready for decisions. */
export class CatalogueCompiler {
  private readonly contents: ContentCompiler;

  constructor(renderer: ContentRenderer) {
    this.contents = new ContentCompiler(renderer);
  }

  /**
   * What a section would make of a catalogue, now and at every moment ahead; or all that is wrong with it.
   * @param stored as it is at `now`
   */
  async written(
    stored: CatalogueEntries,
    { section, removed }: { section: CatalogueSection; removed: readonly EntryRef[] },
    { now, revision, ruleTypes }: { now: number; revision: number; ruleTypes?: RuleTypes | undefined },
  ): Promise<Result<Snapshots, Issue[]>> {
    const { entries, pointerOf, isNamed } = mergeCatalogue(stored, section, removed);
    const { compiledContent, issues } = await this.contents.compile(entries, pointerOf);
    if (issues.length > 0) return fail(issues);
    const options = { compiledContent, revision, pointerOf, isNamed, ...(ruleTypes && { ruleTypes }) };
    return phasesIn(entries, now, options);
  }

  /** What is stored was checked once; should a channel refuse its content today, the rest of the catalogue still serves. */
  async stored(
    { revision, entries }: StoredCatalogue,
    now: number,
  ): Promise<{ compiled: Result<Snapshots, Issue[]>; wrong: Issue[] }> {
    const { compiledContent, issues } = await this.contents.compile(entries, ({ key }) => `#/${key}`);
    const served = {
      ...entries,
      treatments: entries.treatments.filter(({ key }) => compiledContent.treatments.has(key)),
      zones: entries.zones.map((zone) =>
        compiledContent.fallbacks.has(zone.key) ? zone : { ...zone, fallback: undefined },
      ),
    };
    const compiled = phasesIn(served, now, { compiledContent, revision });
    return { compiled, wrong: compiled.ok ? issues : [...issues, ...compiled.failure] };
  }
}

function phasesIn(
  entries: CatalogueEntries,
  now: number,
  options: CompileOptions,
): Result<Snapshots, Issue[]> {
  const [present, ...ahead] = phasesOf(entries, now);
  if (ahead.length > MOST_MOMENTS) return fail([tooMany(entries, options)]);
  const first = compileCatalogue(present.entries, { ...options, from: present.from });
  if (!first.ok) return first;
  const later: CatalogueSnapshot[] = [];
  for (const { entries: then, from, origins } of ahead) {
    const pointerOf = (entry: CatalogueEntry) => {
      const origin = origins.get(entry);
      return origin ? `${options.pointerOf?.(origin) ?? '#'}/scheduled/document` : options.pointerOf?.(entry);
    };
    const isNamed = (entry: CatalogueEntry) => options.isNamed?.(origins.get(entry) ?? entry) ?? true;
    const compiled = compileCatalogue(then, {
      ...options,
      from,
      ...(options.pointerOf && { pointerOf }),
      ...(options.isNamed && { isNamed }),
    });
    if (!compiled.ok) return compiled;
    later.push(compiled.value);
  }
  return ok([first.value, ...later]);
}

function tooMany({ offers }: CatalogueEntries, { pointerOf, isNamed }: CompileOptions): Issue {
  const scheduled = offers.filter((offer) => offer.scheduled !== undefined);
  const entry = scheduled.find((offer) => isNamed?.(offer)) ?? scheduled[0];
  const at = (entry && pointerOf?.(entry)) ?? '#';
  return {
    pointer: `${at}/scheduled/effectiveAt`,
    message: `no more than ${MOST_MOMENTS} different moments may be ahead: several changes can share one`,
  };
}
