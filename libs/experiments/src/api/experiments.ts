import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import {
  compileExperiment,
  type CompiledExperiment,
  type Experiment,
  ExperimentBook,
  Trials,
} from '../domain/index.js';
import { ExperimentStore, type StoredExperiment } from '../persistence/experiment-store.js';
import { type ExperimentView, mayBecome, viewOf } from './experiment-view.js';

/** Milliseconds between looks for what another process changed. */
const LOOK = 1000;

/** How an experiment ends. */
export interface Ending {
  /** The variation that everybody targeted gets from now on. */
  release?: string | undefined;
  reason?: string | undefined;
}

/** Who does what, for the audit. */
interface Act {
  actor: string;
  step: string;
  release?: string | undefined;
  reason?: string | undefined;
}

/** The product itself, where nobody else is named. */
const BY_ITSELF = 'system';

type Change = (tx: Transaction, stored: StoredExperiment) => Promise<Result<void>>;

/** Experiments: kept in the database, drawn from memory. Changes reach other processes within about a second. */
@Injectable()
export class Experiments implements OnModuleInit {
  private readonly logger = new Logger(Experiments.name);
  private current = new ExperimentBook([]);
  /** What the present book was compiled from. */
  private state = '[]';

  constructor(
    @Inject(ExperimentStore) private readonly store: ExperimentStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.housekeeping.every(LOOK, 'looking for changed experiments', () => this.reload());
  }

  /** What is in force. A request takes it once and works on it to its end. */
  get book(): ExperimentBook {
    return this.current;
  }

  async list(cursor: string, limit: number): Promise<{ items: ExperimentView[]; nextCursor: string | null }> {
    const found = await this.store.page(cursor, limit + 1);
    const page = found.slice(0, limit);
    return {
      items: page.map(viewOf),
      nextCursor: found.length > limit ? (page.at(-1)?.document.key ?? null) : null,
    };
  }

  async get(key: string): Promise<Result<ExperimentView>> {
    const stored = await this.store.find(key);
    return stored ? ok(viewOf(stored)) : fail(unknown(key));
  }

  /** As it was declared. Fails with EXPERIMENT.NOT_FOUND. */
  async declaration(key: string): Promise<Result<Experiment>> {
    const stored = await this.store.find(key);
    return stored ? ok(stored.document) : fail(unknown(key));
  }

  async create(document: Experiment, actor = BY_ITSELF): Promise<Result<ExperimentView>> {
    await this.audit.prepare();
    const added = await this.database.transaction(async (tx) => {
      const isNew = await this.store.add(tx, document, this.clock.now());
      if (isNew) await this.note(tx, document.key, { actor, step: 'create' });
      return isNew;
    });
    if (!added) return fail(failure('EXPERIMENT.EXISTS', `There is an experiment ${document.key} already.`));
    return this.changed(document.key);
  }

  /** Replaces an experiment, if `version` is still the present one. While it runs nothing may change who gets what. */
  replace(document: Experiment, version: number, actor = BY_ITSELF): Promise<Result<ExperimentView>> {
    const { key } = document;
    return this.change(key, version, { actor, step: 'replace' }, async (tx, stored) => {
      if (!mayBecome(stored, document)) {
        const detail = `${key} runs: who gets what changes with a new phase only. Stop it, change it, start it again.`;
        return fail(failure('EXPERIMENT.RUNNING', detail));
      }
      await this.store.replace(tx, document, this.clock.now());
      return ok(undefined);
    });
  }

  /** Removes an experiment with all that was measured, if `version` is still the present one. */
  async remove(key: string, version: number, actor = BY_ITSELF): Promise<Result<void>> {
    const removed = await this.locked(key, version, { actor, step: 'remove' }, async (tx, { state }) => {
      if (state === 'running') return fail(failure('EXPERIMENT.RUNNING', `${key} runs: stop it first.`));
      await this.store.remove(tx, [key]);
      return ok(undefined);
    });
    if (removed.ok) await this.reload();
    return removed;
  }

  /** Begins the next phase: people are drawn anew, and counting begins at nothing. */
  start(key: string, actor = BY_ITSELF): Promise<Result<ExperimentView>> {
    return this.change(key, undefined, { actor, step: 'start' }, async (tx, stored) => {
      if (stored.state === 'running') return fail(failure('EXPERIMENT.RUNNING', `${key} runs already.`));
      await this.store.start(tx, stored, this.clock.now());
      return ok(undefined);
    });
  }

  /** @param actor who ends it; the product itself where a guardrail does */
  stop(key: string, { release, reason }: Ending, actor = BY_ITSELF): Promise<Result<ExperimentView>> {
    const act = { actor, step: 'stop', release, reason };
    return this.change(key, undefined, act, async (tx, { state, phaseDocument }) => {
      if (state !== 'running') return fail(failure('EXPERIMENT.NOT_RUNNING', `${key} does not run.`));
      if (release !== undefined && !phaseDocument?.variations.some((one) => one.key === release)) {
        const detail = `${key} has no variation ${release}.`;
        return fail(
          failure('EXPERIMENT.UNKNOWN_VARIATION', detail, { errors: [{ pointer: '#/release', detail }] }),
        );
      }
      const ending = { released: release ?? null, reason: reason ?? null, now: this.clock.now() };
      await this.store.stop(tx, key, ending);
      return ok(undefined);
    });
  }

  /** What people got in phases of the past; experiments that are gone by now are left out. */
  async replay(met: readonly { experiment: string; phase: number; variation: string }[]): Promise<Trials> {
    const experiments: CompiledExperiment[] = [];
    for (const { experiment: key, phase } of met) {
      const found = await this.store.phase(key, phase);
      const standing = { state: 'running' as const, phase, released: null, stoppedAt: null };
      if (found) experiments.push(compileExperiment(found.document, standing).experiment);
    }
    return new Trials(new ExperimentBook(experiments), (experiment) => {
      const wanted = met.find((one) => one.experiment === experiment.key)?.variation;
      const variation = experiment.variations.find(({ key }) => key === wanted);
      return variation ? { experiment, variation, unit: null } : { experiment, outside: 'not-running' };
    });
  }

  /** Reads the experiments again. Called after they changed, here or in another process. */
  async reload(): Promise<void> {
    const stored = await this.store.all();
    const state = JSON.stringify(stored);
    if (state === this.state) return;
    const compiled = stored.map(({ document, phaseDocument, stoppedAt, ...standing }) => {
      const { experiment, issues } = compileExperiment(phaseDocument ?? document, {
        ...standing,
        stoppedAt: stoppedAt?.getTime() ?? null,
      });
      for (const { message } of issues) this.logger.error(`experiment ${experiment.key}: ${message}`);
      return experiment;
    });
    this.current = new ExperimentBook(compiled);
    this.state = state;
  }

  private async change(key: string, version: number | undefined, act: Act, write: Change) {
    const done = await this.locked(key, version, act, write);
    return done.ok ? this.changed(key) : done;
  }

  /** What is done and the word of who did it are one. */
  private async locked(
    key: string,
    version: number | undefined,
    act: Act,
    write: Change,
  ): Promise<Result<void>> {
    await this.audit.prepare();
    return this.database.transaction(async (tx): Promise<Result<void>> => {
      const stored = await this.store.lock(tx, key);
      if (!stored) return fail(unknown(key));
      if (version !== undefined && version !== stored.version)
        return fail(failure('HTTP.PRECONDITION_FAILED', `The experiment ${key} has changed meanwhile.`));
      const done = await write(tx, stored);
      if (done.ok) await this.note(tx, key, act);
      return done;
    });
  }

  private note(tx: Transaction, key: string, { actor, ...detail }: Act): Promise<void> {
    const at = this.clock.now();
    return this.audit.record(tx, [{ actor, action: 'configure', subject: `experiment/${key}`, detail, at }]);
  }

  private async changed(key: string): Promise<Result<ExperimentView>> {
    await this.reload();
    return this.get(key);
  }
}

function unknown(key: string) {
  return failure('EXPERIMENT.NOT_FOUND', `There is no experiment ${key}.`);
}
