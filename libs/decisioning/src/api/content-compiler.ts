import type { CompiledContent, Failure, Result } from '@repartee/contracts';
import type { CatalogueEntries, CompiledContents, Issue, Treatment, Zone } from '../domain/index.js';
import type { ContentRenderer } from './content-renderer.js';

/** Compilations under way at the same time. */
const CONCURRENCY = 8;

interface Job {
  entry: Zone | Treatment;
  member: 'content' | 'fallback';
  channel: string;
  content: Record<string, unknown>;
  into: Map<string, CompiledContent>;
}

/** Has content compiled by its channel, and keeps what came of it: most of a catalogue is the same after a change. */
export class ContentCompiler {
  private known = new Map<string, Promise<Result<CompiledContent>>>();

  constructor(private readonly renderer: ContentRenderer) {}

  async compile(
    entries: CatalogueEntries,
    pointerOf: (entry: Zone | Treatment) => string,
  ): Promise<{ compiledContent: CompiledContents; issues: Issue[] }> {
    const compiledContent = { treatments: new Map(), fallbacks: new Map() };
    const jobs = jobsOf(entries, compiledContent);
    const used: typeof this.known = new Map();
    const issues: Issue[][] = [];
    for (let start = 0; start < jobs.length; start += CONCURRENCY) {
      const batch = jobs.slice(start, start + CONCURRENCY);
      issues.push(...(await Promise.all(batch.map((job) => this.run(job, used, pointerOf)))));
    }
    this.known = used;
    return { compiledContent, issues: issues.flat() };
  }

  private async run(job: Job, used: typeof this.known, pointerOf: (entry: Zone | Treatment) => string) {
    const key = JSON.stringify([job.channel, job.content]);
    const compiling = this.known.get(key) ?? used.get(key) ?? this.renderer.compile(job.channel, job.content);
    used.set(key, compiling);
    const compiled = await compiling;
    if (!compiled.ok) {
      // A channel without a connector today may have one tomorrow.
      used.delete(key);
      return issuesOfContent(compiled.failure, `${pointerOf(job.entry)}/${job.member}`);
    }
    job.into.set(job.entry.key, compiled.value);
    return [];
  }
}

function jobsOf(entries: CatalogueEntries, into: { treatments: Job['into']; fallbacks: Job['into'] }): Job[] {
  const treatments = entries.treatments.map((entry): Job => ({
    entry,
    member: 'content',
    channel: entry.channel,
    content: entry.content,
    into: into.treatments,
  }));
  const fallbacks = entries.zones.flatMap((entry): Job[] =>
    entry.fallback === undefined
      ? []
      : [
          {
            entry,
            member: 'fallback',
            channel: entry.channel,
            content: entry.fallback,
            into: into.fallbacks,
          },
        ],
  );
  return [...treatments, ...fallbacks];
}

function issuesOfContent(failure: Failure, at: string): Issue[] {
  if (!failure.errors?.length) return [{ pointer: at, message: failure.detail }];
  return failure.errors.map(({ pointer, detail, line, column }) => ({
    pointer: `${at}${pointer.replace(/^#/, '')}`,
    message: detail,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }));
}
