import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, type FailureDetail, ok, type Result } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import {
  BY_ITSELF,
  type CataloguePlan,
  type CatalogueSection,
  type Writing,
} from '@repartee/decisioning/domain';
import type { ReactionDocument } from '@repartee/detection/domain';
import type { ExperimentChanges } from '@repartee/experiments';
import type { Experiment } from '@repartee/experiments/domain';
import { Database } from '@repartee/platform';
import { type TraitChanges, TraitBooks } from '@repartee/profile';
import {
  checkSegmentRules,
  checkTraitSections,
  type ComputedTraitDocument,
  computedTypes,
  ruleTypes,
  type TraitSection,
  traitSectionsSchema,
} from '@repartee/profile/domain';
import { z } from 'zod';
import { ConfigurationAudit } from '../catalogue/configuration-audit.js';
import { ApplyExperiments } from '../experiments/apply-experiments.js';
import { ApplyReactions } from '../reactions/apply-reactions.js';
import { ForetellCosts, type TreatmentEstimate } from './foretell-costs.js';
import { type Located, SourceDocument } from './source-map.js';

/** What an apply changed, or would change. */
export interface Applied {
  dryRun: boolean;
  revision: number;
  changes: CataloguePlan;
  reactions: number;
  /** Definitions of traits, computed traits, texts and segments that changed, as `computed/visits`. */
  traits: TraitChanges;
  experiments: ExperimentChanges;
  /** What it takes to send the treatments that are new or changed. */
  estimates: TreatmentEstimate[];
}

type Changed = Omit<Applied, 'estimates'>;

const envelopeSchema = z.looseObject({
  ...traitSectionsSchema.shape,
  version: z.literal(1, { error: 'must be 1' }),
  reactions: z.array(z.unknown()).max(1000).default([]),
  experiments: z.array(z.unknown()).max(1000).default([]),
  prune: z.boolean().default(false),
});

/** A configuration that was checked. */
interface Checked {
  section: CatalogueSection;
  reactions: ReactionDocument[];
  traits: TraitSection;
  experiments: Experiment[];
}

type Issue = Located & { message: string };

/** Applies a whole configuration: all of it, or nothing. */
@Injectable()
export class ApplyConfiguration {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(ApplyReactions) private readonly reactions: ApplyReactions,
    @Inject(TraitBooks) private readonly traits: TraitBooks,
    @Inject(ApplyExperiments) private readonly experiments: ApplyExperiments,
    @Inject(ConfigurationAudit) private readonly audit: ConfigurationAudit,
    @Inject(Database) private readonly database: Database,
    @Inject(ForetellCosts) private readonly costs: ForetellCosts,
  ) {}

  /** Whether any configuration was ever applied. */
  get inForce(): boolean {
    return this.catalogue.snapshot.revision > 0;
  }

  /** @param writing who applies it; the product itself unless given */
  async apply(text: string, dryRun: boolean, writing: Writing = BY_ITSELF): Promise<Result<Applied>> {
    const parsed = SourceDocument.parse(text);
    if ('error' in parsed) {
      const { line, column } = parsed.position;
      const errors = [{ pointer: '#', detail: parsed.error, line, column }];
      return fail(failure('APPLY.MALFORMED', `Line ${line}, column ${column}: ${parsed.error}`, { errors }));
    }
    const checked = await this.check(parsed.value, writing);
    if (!checked.ok) return refused(parsed.document, checked.failure);
    if (dryRun) return ok(await this.foresee(checked.value));
    const applied = await this.commit(checked.value, writing);
    return applied.ok ? applied : refused(parsed.document, applied.failure);
  }

  private async foresee({ section, reactions, traits, experiments }: Checked): Promise<Applied> {
    const changes = await this.catalogue.plan(section);
    return {
      dryRun: true,
      revision: this.catalogue.snapshot.revision,
      changes,
      reactions: reactions.length,
      traits: await this.traits.plan(traits, { prune: section.prune }),
      experiments: await this.experiments.plan(experiments, section.prune),
      estimates: await this.costs.of(section, changes, false),
    };
  }

  private async check(value: unknown, writing: Writing): Promise<Result<Checked, Issue[]>> {
    const envelope = envelopeSchema.safeParse(value);
    if (!envelope.success) {
      return fail(
        envelope.error.issues.map((issue) => ({
          pointer: ['#', ...issue.path].join('/'),
          message: issue.message,
        })),
      );
    }
    const {
      version: _version,
      reactions,
      traits,
      computedTraits,
      texts,
      segments,
      experiments,
      ...rest
    } = envelope.data;
    const defined = checkTraitSections({ traits, computedTraits, texts, segments });
    const computed = computedTypes(this.computedAfter(defined.section, envelope.data.prune));
    const types = ruleTypes(computed);
    const section = await this.catalogue.validate(rest, { ruleTypes: types, writing });
    const reacting = await this.reactions.check(reactions, types, section.ok ? section.value : undefined);
    const issues: Issue[] = [
      ...defined.issues,
      ...(defined.issues.length > 0 ? [] : checkSegmentRules(defined.section.segment, computed)),
      ...(section.ok ? [] : section.failure),
      ...reacting.issues,
    ];
    const sound =
      section.ok && issues.length === 0
        ? { section: section.value, reactions: reacting.reactions }
        : undefined;
    const declared = await this.experiments.check(experiments, types, sound);
    if (!sound || declared.issues.length > 0) return fail([...issues, ...declared.issues]);
    return ok({ ...sound, traits: defined.section, experiments: declared.experiments });
  }

  /** The computed traits that will be in force. */
  private computedAfter({ computed }: TraitSection, prune: boolean): ComputedTraitDocument[] {
    return [...(prune ? [] : this.traits.computed()), ...computed];
  }

  /** Checks again what may no longer fit, as another configuration came in between. */
  private async commit(
    { section, reactions, traits, experiments }: Checked,
    writing: Writing,
  ): Promise<Result<Applied, Issue[]>> {
    await this.audit.prepare();
    const applied = await this.database.attempt(async (tx): Promise<Result<Changed, Issue[]>> => {
      const revision = await this.catalogue.nextRevision(tx, writing.by);
      const changes = await this.catalogue.apply(tx, section, revision, { writing });
      if (!changes.ok) return changes;
      const { created, updated, removed } = changes.value;
      await this.audit.record(tx, writing.by, 'configuration', {
        step: 'apply',
        revision,
        created,
        updated,
        removed,
      });
      const placed = await this.reactions.apply(tx, { section, reactions }, revision);
      if (placed.length > 0) return fail(placed);
      const tried = await this.experiments.apply(tx, experiments, section.prune);
      if (tried.issues.length > 0) return fail(tried.issues);
      const changed = {
        dryRun: false,
        revision,
        changes: changes.value,
        reactions: reactions.length,
        experiments: tried.changes,
      };
      // Last: from here to the commit, nobody else writes golden records.
      return ok({ ...changed, traits: await this.traits.apply(tx, traits, { prune: section.prune }) });
    });
    if (!applied.ok) return applied;
    await this.traits.reload();
    await this.reactions.reload();
    await this.experiments.reload();
    return ok({ ...applied.value, estimates: await this.costs.of(section, applied.value.changes, true) });
  }
}

function refused(document: SourceDocument, issues: Issue[]): Result<Applied> {
  const errors: FailureDetail[] = issues.slice(0, 100).map((issue) => ({
    pointer: issue.pointer,
    detail: issue.message,
    ...document.locate(issue),
  }));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return fail(
    failure('APPLY.REFUSED', `Line ${first?.line}, column ${first?.column}: ${first?.detail}${more}`, {
      errors,
    }),
  );
}
