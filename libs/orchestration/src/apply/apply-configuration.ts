import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, type FailureDetail, ok, type Result } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import {
  BY_ITSELF,
  type CataloguePlan,
  type CatalogueSection,
  type Writing,
} from '@repartee/decisioning/domain';
import { Reactions } from '@repartee/detection';
import { compileReactions, type ReactionDocument, reactionSchema } from '@repartee/detection/domain';
import type { ExperimentChanges } from '@repartee/experiments';
import type { Experiment } from '@repartee/experiments/domain';
import { Database, type Transaction } from '@repartee/platform';
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

/** Thrown to roll back: another configuration came in between and this one no longer fits. */
class Overtaken extends Error {
  constructor(readonly issues: Issue[]) {
    super('overtaken');
  }
}

/** Applies a whole configuration: all of it, or nothing. */
@Injectable()
export class ApplyConfiguration {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Reactions) private readonly reactions: Reactions,
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
    try {
      return ok(await this.commit(checked.value, writing));
    } catch (error) {
      if (error instanceof Overtaken) return refused(parsed.document, error.issues);
      throw error;
    }
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
    const compiled = compileReactions(reactions, types);
    const issues: Issue[] = [
      ...defined.issues,
      ...(defined.issues.length > 0 ? [] : checkSegmentRules(defined.section.segment, computed)),
      ...(section.ok ? [] : section.failure),
      ...compiled.issues.map((issue) => ({ ...issue, pointer: `#/reactions/${issue.pointer}` })),
      ...(section.ok ? this.unknownZones(section.value, reactions) : []),
    ];
    const sound =
      section.ok && issues.length === 0
        ? { section: section.value, reactions: reactions.map((document) => reactionSchema.parse(document)) }
        : undefined;
    const declared = await this.experiments.check(experiments, types, sound);
    if (!sound || declared.issues.length > 0) return fail([...issues, ...declared.issues]);
    return ok({ ...sound, traits: defined.section, experiments: declared.experiments });
  }

  /** The computed traits that will be in force. */
  private computedAfter({ computed }: TraitSection, prune: boolean): ComputedTraitDocument[] {
    return [...(prune ? [] : this.traits.computed()), ...computed];
  }

  /** A reaction's zone must exist, in this document or in what is in force, on the channel it acts on. */
  private unknownZones(section: CatalogueSection, reactions: unknown[]): Issue[] {
    const zones = new Map(section.zones.map((zone) => [zone.key, zone.channel]));
    if (!section.prune) {
      for (const zone of this.catalogue.snapshot.zones.values())
        if (!zones.has(zone.key)) zones.set(zone.key, zone.channel);
    }
    return reactions.flatMap((document, index): Issue[] => {
      const parsed = reactionSchema.safeParse(document);
      if (!parsed.success) return [];
      const { whenAbsent, ...action } = parsed.data.action;
      const places = { 'action/zone': action, ...(whenAbsent && { 'action/whenAbsent/zone': whenAbsent }) };
      return Object.entries(places).flatMap(([path, { zone, channel }]): Issue[] => {
        const pointer = `#/reactions/${index}/${path}`;
        if (!zones.has(zone)) return [{ pointer, message: `there is no zone ${zone}` }];
        if (zones.get(zone) === channel) return [];
        return [{ pointer, message: `${zone} is not a zone of the channel ${channel}` }];
      });
    });
  }

  private async commit(
    { section, reactions, traits, experiments }: Checked,
    writing: Writing,
  ): Promise<Applied> {
    await this.audit.prepare();
    const applied = await this.database.transaction(async (tx: Transaction) => {
      const revision = await this.catalogue.nextRevision(tx, writing.by);
      const changes = await this.catalogue.apply(tx, section, revision, { writing });
      if (!changes.ok) throw new Overtaken(changes.failure);
      const { created, updated, removed } = changes.value;
      await this.audit.record(tx, writing.by, 'configuration', {
        step: 'apply',
        revision,
        created,
        updated,
        removed,
      });
      await this.reactions.apply(tx, reactions, { prune: section.prune });
      const tried = await this.experiments.apply(tx, experiments, section.prune);
      if (tried.issues.length > 0) throw new Overtaken(tried.issues);
      const applied = {
        dryRun: false,
        revision,
        changes: changes.value,
        reactions: reactions.length,
        experiments: tried.changes,
      };
      // Last: from here to the commit, nobody else writes golden records.
      return { ...applied, traits: await this.traits.apply(tx, traits, { prune: section.prune }) };
    });
    await this.traits.reload();
    await this.reactions.reload();
    await this.experiments.reload();
    return { ...applied, estimates: await this.costs.of(section, applied.changes, true) };
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
