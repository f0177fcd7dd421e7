import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, type FailureDetail, ok, type Result } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { Reactions, type StoredReaction } from '@repartee/detection';
import { compileReactions, type ReactionDocument } from '@repartee/detection/domain';
import { Experiments } from '@repartee/experiments';
import { Database, type Transaction } from '@repartee/platform';
import { TraitBooks } from '@repartee/profile';
import { computedTypes, ruleTypes } from '@repartee/profile/domain';
import { ConfigurationAudit } from '../catalogue/configuration-audit.js';
import { ReactionPlaces } from './reaction-places.js';
import type { ReactionView } from './reaction-schemas.js';

/** One change of one reaction. */
interface Edit {
  key: string;
  /** What it becomes; undefined: it goes. */
  document?: ReactionDocument;
  /** The version the caller has seen; null: there is none yet. */
  version: number | null;
  actor: string;
}

/** Changes single reactions, by the checks a whole configuration has to pass; each change is a configuration revision. */
@Injectable()
export class ReactionEditor {
  constructor(
    @Inject(Reactions) private readonly reactions: Reactions,
    @Inject(ReactionPlaces) private readonly places: ReactionPlaces,
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(TraitBooks) private readonly traits: TraitBooks,
    @Inject(ConfigurationAudit) private readonly audit: ConfigurationAudit,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Some in the order of their keys, after one of them. */
  async list(after: string | undefined, limit: number): Promise<ReactionView[]> {
    return (await this.reactions.page(after, limit)).map(viewOf);
  }

  /** Fails with REACTION.NOT_FOUND. */
  async get(key: string): Promise<Result<ReactionView>> {
    const found = await this.reactions.find(key);
    return found ? ok(viewOf(found)) : fail(unknown(key));
  }

  /** Fails with REACTION.EXISTS or REACTION.REFUSED. */
  create(document: ReactionDocument, actor: string): Promise<Result<ReactionView>> {
    return this.write({ key: document.key, document, version: null, actor });
  }

  /** Fails with REACTION.NOT_FOUND, REACTION.REFUSED or HTTP.PRECONDITION_FAILED. */
  replace(document: ReactionDocument, version: number, actor: string): Promise<Result<ReactionView>> {
    return this.write({ key: document.key, document, version, actor });
  }

  /** Fails with REACTION.NOT_FOUND, REACTION.IN_USE or HTTP.PRECONDITION_FAILED. */
  async remove(key: string, version: number, actor: string): Promise<Result<void>> {
    return this.edit({ key, version, actor });
  }

  private async write(edit: Edit & { document: ReactionDocument }): Promise<Result<ReactionView>> {
    const types = ruleTypes(computedTypes(this.traits.computed()));
    const { issues } = compileReactions([edit.document], types);
    if (issues.length > 0)
      return refusal(issues.map(({ pointer, message }) => ({ pointer: `#/reactions/${pointer}`, message })));
    const done = await this.edit(edit);
    return done.ok ? this.get(edit.key) : done;
  }

  private async edit(edit: Edit): Promise<Result<void>> {
    await this.audit.prepare();
    const done = await this.database.attempt((tx) => this.commit(tx, edit));
    if (done.ok) await this.reactions.reload();
    return done;
  }

  private async commit(tx: Transaction, edit: Edit): Promise<Result<void>> {
    const { key, document, actor } = edit;
    const revision = await this.catalogue.nextRevision(tx, actor);
    const conflict = conflictOf(edit, await this.reactions.find(key, tx)) ?? this.useOf(edit);
    if (conflict) return conflict;
    const reactions = document ? [document] : [];
    const issues = await this.places.check({ section: { zones: [], prune: false }, reactions }, tx);
    if (issues.length > 0) return refusal(issues);
    if (document) await this.reactions.apply(tx, reactions, { prune: false, revision });
    else await this.reactions.remove(tx, key);
    await this.audit.record(tx, actor, `reaction/${key}`, { step: stepOf(edit), revision, ...document });
    return ok(undefined);
  }

  /** Why it cannot go. */
  private useOf({ key, document }: Edit): Result<never> | undefined {
    const [experiment] = document ? [] : this.experiments.book.on('reaction', key);
    if (!experiment) return undefined;
    const why = `The experiment ${experiment.key} acts on it: end that first.`;
    return fail(failure('REACTION.IN_USE', why));
  }
}

function viewOf({ document, version, updatedAt }: StoredReaction): ReactionView {
  return { ...document, version, updatedAt: updatedAt.toISOString() };
}

function unknown(key: string) {
  return failure('REACTION.NOT_FOUND', `There is no reaction ${key}.`);
}

function stepOf({ document, version }: Edit): string {
  if (!document) return 'remove';
  return version === null ? 'create' : 'replace';
}

function conflictOf({ key, version }: Edit, held: StoredReaction | undefined): Result<never> | undefined {
  if (version === null)
    return held ? fail(failure('REACTION.EXISTS', `There is a reaction ${key} already.`)) : undefined;
  if (!held) return fail(unknown(key));
  if (held.version === version) return undefined;
  return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${held.version}".`));
}

function refusal(issues: readonly { pointer: string; message: string }[]): Result<never> {
  const errors: FailureDetail[] = issues.map(({ pointer, message }) => ({
    pointer: pointer.replace('#/reactions/0', '#'),
    detail: message,
  }));
  return fail(failure('REACTION.REFUSED', errors[0]?.detail ?? 'It does not fit.', { errors }));
}
