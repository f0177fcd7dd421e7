import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@repartee/platform';
import type { Experiment, ExperimentIssue } from '../domain/index.js';
import { ExperimentStore, type StoredExperiment } from '../persistence/experiment-store.js';
import { mayBecome } from './experiment-view.js';

/** What a configuration changes, by keys. */
export interface ExperimentChanges {
  created: string[];
  updated: string[];
  removed: string[];
}

/** What applying would change, and what stands against it; pointers are relative to the list. */
export interface ExperimentPlan {
  changes: ExperimentChanges;
  issues: ExperimentIssue[];
}

/** The experiments of a whole configuration. What runs is not drawn otherwise by it, and what ever ran is not removed. */
@Injectable()
export class ExperimentSection {
  constructor(
    @Inject(ExperimentStore) private readonly store: ExperimentStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async plan(documents: readonly Experiment[], { prune }: { prune: boolean }): Promise<ExperimentPlan> {
    return planned(await this.store.all(), documents, prune);
  }

  /** Writes in the caller's transaction. With issues nothing is written, and the caller rolls back. */
  async apply(
    tx: Transaction,
    documents: readonly Experiment[],
    { prune }: { prune: boolean },
  ): Promise<ExperimentPlan> {
    const plan = planned(await this.store.lockAll(tx), documents, prune);
    if (plan.issues.length > 0) return plan;
    const now = this.clock.now();
    const { created, updated, removed } = plan.changes;
    for (const document of documents) {
      if (created.includes(document.key)) await this.store.add(tx, document, now);
      else if (updated.includes(document.key)) await this.store.replace(tx, document, now);
    }
    if (removed.length > 0) await this.store.remove(tx, removed);
    return plan;
  }
}

function planned(
  stored: readonly StoredExperiment[],
  documents: readonly Experiment[],
  prune: boolean,
): ExperimentPlan {
  const held = new Map(stored.map((one) => [one.document.key, one]));
  const changes: ExperimentChanges = { created: [], updated: [], removed: [] };
  const issues: ExperimentIssue[] = [];
  documents.forEach((document, index) => {
    const { key } = document;
    const before = held.get(key);
    held.delete(key);
    if (!before) changes.created.push(key);
    else if (JSON.stringify(before.document) !== JSON.stringify(document)) {
      changes.updated.push(key);
      if (mayBecome(before, document)) return;
      issues.push({ pointer: `${index}`, message: `${key} runs: stop it before who gets what is changed` });
    }
  });
  // What has run stays: with an experiment would go what it measured.
  for (const { document, state } of prune ? held.values() : [])
    if (state === 'draft') changes.removed.push(document.key);
  return { changes, issues };
}
