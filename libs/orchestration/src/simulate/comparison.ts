import type { HypotheticalCase, WhatIf } from '@repartee/decisioning';
import {
  type ChangedAnswer,
  type Foreseen,
  Simulation,
  ValueFinder,
  type WithoutValue,
} from '@repartee/decisioning/domain';
import type { ComparedCatalogues } from './draft-catalogue.js';
import type { PeopleRules } from './people-rules.js';

/** One person, decided for by both sides. */
export interface Compared {
  published: Foreseen;
  draft: Foreseen | null;
  /** What the draft changes; null when nothing. */
  change: ChangedAnswer | null;
  /** Where they lose everything of value, by the draft where there is one; null when they do not. */
  without: WithoutValue | null;
}

/** What a comparison looks for. */
export interface Sought extends ComparedCatalogues {
  rules: PeopleRules;
  /** From which expected P on an offer is relevant; null: nobody asked. */
  leastPropensity: number | null;
}

/** Decides for one person after the other by two configurations. Counts of hard caps go on, on each side for itself. */
export class Comparison {
  private readonly simulation: Simulation;
  private readonly finder: ValueFinder | null;
  private readonly caps: Record<'published' | 'draft', ReturnType<WhatIf['caps']>>;

  constructor(
    private readonly whatIf: WhatIf,
    private readonly sought: Sought,
    now: number,
  ) {
    this.simulation = new Simulation(sought.draft !== null);
    this.finder = sought.leastPropensity === null ? null : new ValueFinder(sought.leastPropensity);
    this.caps = { published: whatIf.caps(now), draft: whatIf.caps(now) };
  }

  async add(asked: HypotheticalCase): Promise<Compared> {
    const { sought, whatIf, caps } = this;
    const published = await whatIf.foresee(sought.published, asked, caps.published);
    const draft = sought.draft && (await whatIf.foresee(sought.draft, asked, caps.draft));
    const segments = sought.rules.segmentsOf(asked.subject.view, asked.at);
    const change = this.simulation.add({ published, draft, segments });
    const without = this.finder && (await this.find(this.finder, asked, draft ?? published, segments));
    return { published, draft, change, without };
  }

  report(facts: { population: number | null; skipped?: Record<string, number> }) {
    return {
      revision: this.sought.published.revision,
      skipped: {},
      ...facts,
      ...this.simulation.report(),
      value: this.finder?.report() ?? null,
    };
  }

  private find(finder: ValueFinder, asked: HypotheticalCase, foreseen: Foreseen, segments: string[]) {
    const { published, draft } = this.sought;
    const caps = draft === null ? this.caps.published : this.caps.draft;
    return finder.add({
      foreseen,
      segments,
      restricted: asked.question.fallbackOnly === true,
      blocked: () => this.whatIf.blocked(draft ?? published, asked, foreseen.control, caps),
    });
  }
}
