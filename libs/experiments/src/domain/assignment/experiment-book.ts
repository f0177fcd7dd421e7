import type { CompiledExperiment, SubjectKind } from '../definition/index.js';

/** All experiments, by what they are about. Never changes; a change makes a new one. */
export class ExperimentBook {
  readonly byKey: ReadonlyMap<string, CompiledExperiment>;
  /** Whether decisions have anything to ask of it. */
  readonly actsOnOffers: boolean;
  /** The flags that were declared, by key. */
  readonly flags: readonly string[];
  private readonly bySubject = new Map<string, CompiledExperiment[]>();

  /** @param experiments in key order: where several speak of one flag, the first that has somebody wins */
  constructor(readonly experiments: readonly CompiledExperiment[]) {
    this.byKey = new Map(experiments.map((experiment) => [experiment.key, experiment]));
    for (const experiment of experiments) {
      const { kind, key } = experiment.subject;
      // Drafts act on nothing; a flag is known as soon as it is declared.
      if (kind !== 'flag' && !isInForce(experiment)) continue;
      const { journey } = experiment.document.on;
      for (const subject of journey?.map((step) => `reaction/${step}`) ?? [`${kind}/${key}`])
        this.bySubject.set(subject, [...(this.bySubject.get(subject) ?? []), experiment]);
    }
    const subjects = [...this.bySubject.keys()];
    this.actsOnOffers = subjects.some((one) => one.startsWith('offer/') || one.startsWith('treatment/'));
    this.flags = subjects.flatMap((one) => (one.startsWith('flag/') ? one.slice('flag/'.length) : [])).sort();
  }

  on(kind: SubjectKind, key: string): readonly CompiledExperiment[] {
    return this.bySubject.get(`${kind}/${key}`) ?? [];
  }
}

function isInForce({ state, released }: CompiledExperiment): boolean {
  return state === 'running' || (state === 'stopped' && released !== null);
}
