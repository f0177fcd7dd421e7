import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue, CatalogueReader } from '@repartee/decisioning';
import type { CatalogueSnapshot, Issue } from '@repartee/decisioning/domain';
import { TraitBooks } from '@repartee/profile';
import { computedTypes, type RuleTypes, ruleTypes } from '@repartee/profile/domain';
import type { Drafts } from './simulate-schemas.js';

/** What is published, and what a draft would make of it; null where there is no draft. */
export interface ComparedCatalogues {
  published: CatalogueSnapshot;
  draft: CatalogueSnapshot | null;
}

/** Lays drafts over the published catalogue, by the checks of an apply. */
@Injectable()
export class DraftCatalogue {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(CatalogueReader) private readonly reader: CatalogueReader,
    @Inject(TraitBooks) private readonly traits: TraitBooks,
  ) {}

  /** Fails with APPLY.REFUSED or CATALOGUE.NOT_FOUND. */
  async compare(drafts: Drafts | undefined): Promise<Result<ComparedCatalogues>> {
    const published = this.catalogue.snapshot;
    if (drafts === undefined) return ok({ published, draft: null });
    const { remove, publish, ...section } = drafts;
    const offers = await this.offers(section.offers ?? [], publish);
    if (!offers.ok) return offers;
    const draft = await this.catalogue.foresee(
      { ...section, offers: offers.value },
      { ruleTypes: this.ruleTypes(), removed: remove },
    );
    return draft.ok ? ok({ published, draft: draft.value }) : refused(draft.failure);
  }

  /** What rules may read. */
  ruleTypes(): RuleTypes {
    return ruleTypes(computedTypes(this.traits.computed()));
  }

  /** Those of the draft, and those that are to be published as they are kept. */
  private async offers(named: Record<string, unknown>[], publish: readonly string[]) {
    const offers = [...named];
    for (const key of publish) {
      if (named.some((offer) => offer['key'] === key)) continue;
      const held = await this.reader.get('offer', key);
      if (!held.ok) return held;
      const { revision: _revision, updatedAt: _updatedAt, draft, ...offer } = held.value;
      offers.push({ ...((draft as Record<string, unknown> | undefined) ?? offer), key, status: 'published' });
    }
    return ok(offers);
  }
}

function refused(issues: readonly Issue[]): Result<never> {
  const errors = issues.slice(0, 100).map(({ pointer, message }) => ({
    pointer: pointer.replace(/^#/, '#/drafts'),
    detail: message,
  }));
  return fail(failure('APPLY.REFUSED', errors[0]?.detail ?? 'The draft does not fit.', { errors }));
}
