import { Changes, type ChangedAnswer, type ChangesReport } from './changes.js';
import { Coverage, type CoverageReport, type ReachReport } from './coverage.js';
import type { Foreseen } from './foreseen.js';

/** Segments that are told apart; people in others count in the whole alone. */
const MOST_SEGMENTS = 200;

/** One person, decided for by what is published and, where there is one, by the draft. */
export interface SimulatedPerson {
  published: Foreseen;
  draft: Foreseen | null;
  /** Keys of the segments they are in. */
  segments: readonly string[];
}

export interface SegmentReport {
  segment: string;
  published: ReachReport;
  draft: ReachReport | null;
}

/** What a simulation found; `draft` and `changes` are null when nothing but what is published was asked about. */
export interface SimulationReport {
  published: CoverageReport;
  draft: CoverageReport | null;
  changes: ChangesReport | null;
  segments: SegmentReport[];
}

interface Sides {
  published: Coverage;
  draft: Coverage | null;
}

/** Adds up what would be decided, person by person. */
export class Simulation {
  private readonly all: Sides;
  private readonly changes = new Changes();
  private readonly segments = new Map<string, Sides>();

  constructor(private readonly compares: boolean) {
    this.all = this.sides();
  }

  /** @returns what the draft changes for this person; null when nothing */
  add({ published, draft, segments }: SimulatedPerson): ChangedAnswer | null {
    const concerned = [this.all, ...segments.flatMap((segment) => this.segmentOf(segment) ?? [])];
    for (const sides of concerned) {
      sides.published.add(published);
      if (draft) sides.draft?.add(draft);
    }
    return draft && this.changes.add(published, draft);
  }

  report(): SimulationReport {
    return {
      published: this.all.published.report(),
      draft: this.all.draft?.report() ?? null,
      changes: this.compares ? this.changes.report() : null,
      segments: [...this.segments].map(([segment, { published, draft }]) => ({
        segment,
        published: published.brief(),
        draft: draft?.brief() ?? null,
      })),
    };
  }

  private segmentOf(segment: string): Sides | undefined {
    const held = this.segments.get(segment);
    if (held || this.segments.size >= MOST_SEGMENTS) return held;
    const fresh = this.sides();
    this.segments.set(segment, fresh);
    return fresh;
  }

  private sides(): Sides {
    return { published: new Coverage(), draft: this.compares ? new Coverage() : null };
  }
}
