import { Inject, Injectable } from '@nestjs/common';
import { type ExperimentChanges, ExperimentSection, Experiments } from '@repartee/experiments';
import { checkExperiments, type Experiment } from '@repartee/experiments/domain';
import type { Transaction } from '@repartee/platform';
import type { RuleTypes } from '@repartee/profile/domain';
import type { Located } from '../apply/source-map.js';
import { type Configured, SubjectCheck } from './subject-check.js';

type Issue = Located & { message: string };

/** The experiments of a configuration that is applied. */
@Injectable()
export class ApplyExperiments {
  constructor(
    @Inject(ExperimentSection) private readonly section: ExperimentSection,
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(SubjectCheck) private readonly subjects: SubjectCheck,
  ) {}

  /**
   * Checks them against each other, what they are about, and what runs.
   * @param configured the rest of the configuration; undefined where something is wrong with it
   */
  async check(
    documents: readonly unknown[],
    types: RuleTypes,
    configured: Configured | undefined,
  ): Promise<{ experiments: Experiment[]; issues: Issue[] }> {
    const { experiments, issues } = checkExperiments(documents, types);
    if (issues.length === 0 && configured) {
      issues.push(...(await this.subjects.check(experiments, configured)));
      const { prune } = configured.section;
      issues.push(...(await this.section.plan(experiments, { prune })).issues);
    }
    return { experiments, issues: issues.map(inDocument) };
  }

  async plan(documents: readonly Experiment[], prune: boolean): Promise<ExperimentChanges> {
    return (await this.section.plan(documents, { prune })).changes;
  }

  /** Writes in the caller's transaction; with issues nothing is written. */
  async apply(
    tx: Transaction,
    documents: readonly Experiment[],
    prune: boolean,
  ): Promise<{ changes: ExperimentChanges; issues: Issue[] }> {
    const { changes, issues } = await this.section.apply(tx, documents, { prune });
    return { changes, issues: issues.map(inDocument) };
  }

  reload(): Promise<void> {
    return this.experiments.reload();
  }
}

function inDocument(issue: Issue): Issue {
  return { ...issue, pointer: `#/experiments/${issue.pointer}` };
}
