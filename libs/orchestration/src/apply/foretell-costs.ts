import { Inject, Injectable } from '@nestjs/common';
import type { CompiledContent } from '@repartee/contracts';
import { Catalogue, type ContentEstimate, ContentRenderer } from '@repartee/decisioning';
import type { CataloguePlan, CatalogueSection, Treatment } from '@repartee/decisioning/domain';

/** What it takes to send a treatment, with stand-ins for what is filled in. */
export interface TreatmentEstimate {
  treatment: string;
  channel: string;
  /** Bytes, messages it takes (segments of a text), cost where a price is known. */
  estimate: ContentEstimate;
}

/** Foretells what the treatments of a configuration take, where their channels foretell it. */
@Injectable()
export class ForetellCosts {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(ContentRenderer) private readonly renderer: ContentRenderer,
  ) {}

  /**
   * Of those that are new or changed, in the order in which they stand there.
   * @param inForce whether the configuration was applied, and not only looked at
   */
  async of(
    { treatments }: CatalogueSection,
    { created, updated }: CataloguePlan,
    inForce: boolean,
  ): Promise<TreatmentEstimate[]> {
    const changed = new Set(
      [...created, ...updated].flatMap(({ kind, key }) => (kind === 'treatment' ? [key] : [])),
    );
    const found: TreatmentEstimate[] = [];
    for (const treatment of treatments.filter(({ key }) => changed.has(key))) {
      const content = inForce ? this.catalogue.contentOf(treatment.key) : await this.compiled(treatment);
      const estimate = content ? this.renderer.estimate(treatment.channel, content) : null;
      if (estimate) found.push({ treatment: treatment.key, channel: treatment.channel, estimate });
    }
    return found;
  }

  private async compiled({ channel, content }: Treatment): Promise<CompiledContent | undefined> {
    const compiled = await this.renderer.compile(channel, content);
    return compiled.ok ? compiled.value : undefined;
  }
}
