import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue, type CatalogueItem, CatalogueReader, ContentRenderer } from '@repartee/decisioning';
import {
  CATALOGUE_LISTS,
  catalogueSchema,
  type CatalogueSection,
  type EntryRef,
  type Issue,
  type Writing,
} from '@repartee/decisioning/domain';
import { Database, type Transaction } from '@repartee/platform';
import { TraitBooks } from '@repartee/profile';
import { computedTypes, ruleTypes } from '@repartee/profile/domain';
import { ReactionPlaces } from '../reactions/reaction-places.js';
import { ConfigurationAudit } from './configuration-audit.js';

/** One change of one entry. */
interface Edit {
  entry: EntryRef;
  /** What it becomes; undefined: it goes. */
  document?: Record<string, unknown>;
  /** The version the caller has seen; null: there is none yet. */
  version: number | null;
  writer: Writing;
  /** What is done, for the audit. */
  step: string;
}

/** Changes single entries of the catalogue, by the checks a whole configuration has to pass. */
@Injectable()
export class CatalogueEditor {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(CatalogueReader) private readonly reader: CatalogueReader,
    @Inject(TraitBooks) private readonly traits: TraitBooks,
    @Inject(ConfigurationAudit) private readonly audit: ConfigurationAudit,
    @Inject(Database) private readonly database: Database,
    @Inject(ContentRenderer) private readonly renderer: ContentRenderer,
    @Inject(ReactionPlaces) private readonly places: ReactionPlaces,
  ) {}

  /** Adds an entry. Fails with CATALOGUE.EXISTS or CATALOGUE.REFUSED. */
  async create(
    kind: EntryRef['kind'],
    document: Record<string, unknown>,
    writer: Writing,
  ): Promise<Result<CatalogueItem>> {
    const entry = { kind, key: String(document['key']) };
    const done = await this.edit({ entry, document, version: null, writer, step: 'create' });
    return done.ok ? this.written(entry) : done;
  }

  /** Replaces all of an entry. */
  async replace(
    entry: EntryRef,
    document: Record<string, unknown>,
    version: number,
    writer: Writing,
    step = 'replace',
  ): Promise<Result<CatalogueItem>> {
    const done = await this.edit({
      entry,
      document: { ...document, key: entry.key },
      version,
      writer,
      step,
    });
    return done.ok ? this.written(entry) : done;
  }

  /** As it is now; a treatment with what it takes to send it. */
  private async written({ kind, key }: EntryRef): Promise<Result<CatalogueItem>> {
    const item = await this.reader.get(kind, key);
    const treatment = kind === 'treatment' ? this.catalogue.snapshot.treatments.get(key) : undefined;
    if (!item.ok || !treatment) return item;
    const estimate = this.renderer.estimate(treatment.channel, treatment.content);
    return ok({ ...item.value, ...(estimate && { estimate }) });
  }

  /** Removes an entry that nothing else names. */
  remove(entry: EntryRef, version: number, writer: Writing): Promise<Result<void>> {
    return this.edit({ entry, version, writer, step: 'remove' });
  }

  /**
   * Whether a document would fit. Fails with CATALOGUE.REFUSED.
   * @param writer null: whoever writes it
   */
  async check(
    { entry, document, writer }: Pick<Edit, 'entry' | 'document'> & { writer: Writing | null },
    removed: EntryRef[] = [],
  ): Promise<Result<CatalogueSection>> {
    const list = CATALOGUE_LISTS[entry.kind];
    const types = ruleTypes(computedTypes(this.traits.computed()));
    const named = document ? { [list]: [document] } : {};
    const section = await this.catalogue.validate(named, { ruleTypes: types, removed, writing: writer });
    return section.ok ? section : refusal(section.failure, list);
  }

  private async edit(edit: Edit): Promise<Result<void>> {
    const removed = edit.document ? [] : [edit.entry];
    const section = await this.check(edit, removed);
    if (!section.ok) return section;
    await this.audit.prepare();
    return this.database.attempt((tx) => this.commit(tx, edit, section.value, removed));
  }

  private async commit(
    tx: Transaction,
    edit: Edit,
    section: CatalogueSection,
    removed: EntryRef[],
  ): Promise<Result<void>> {
    const revision = await this.catalogue.nextRevision(tx, edit.writer.by);
    const held = await this.reader.get(edit.entry.kind, edit.entry.key);
    const conflict = conflictOf(edit, held);
    if (conflict) return conflict;
    const applied = await this.catalogue.apply(tx, section, revision, { removed, writing: edit.writer });
    const { entry, step, writer } = edit;
    const list = CATALOGUE_LISTS[entry.kind];
    if (!applied.ok) return refusal(applied.failure, list);
    const stranded = await this.places.check({ section, reactions: [], removed }, tx);
    if (stranded.length > 0) return refusal(stranded, list);
    await this.audit.record(tx, writer.by, `${entry.kind}/${entry.key}`, { step, revision });
    return ok(undefined);
  }
}

function conflictOf({ entry, version }: Edit, held: Result<CatalogueItem>): Result<never> | null {
  if (version === null)
    return held.ok
      ? fail(failure('CATALOGUE.EXISTS', `There is a ${entry.kind} ${entry.key} already.`))
      : null;
  if (!held.ok) return held;
  if (held.value.revision === version) return null;
  return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${held.value.revision}".`));
}

/** Pointers begin at the entry; those into other entries keep their list and key. */
function refusal(issues: Issue[], list: string): Result<never> {
  const errors = issues.slice(0, 100).map(({ pointer, message, line, column }) => ({
    pointer: pointer.replace(`#/${list}/0`, '#'),
    detail: message,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }));
  return fail(failure('CATALOGUE.REFUSED', errors[0]?.detail ?? 'It does not fit.', { errors }));
}

/** What may be written, by list. */
export const entrySchemas = catalogueSchema.shape;
