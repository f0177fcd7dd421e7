import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { type Study, type StudyKind, StudyStore } from '@repartee/decisioning';
import { BackgroundLoop, Turns } from '@repartee/platform';
import { Evaluate } from './evaluate.js';
import type { EvaluateRequest } from './evaluate-schemas.js';
import { Simulate } from './simulate.js';
import type { SimulateRequest } from './simulate-schemas.js';
import { type StudyDesk, StudyEnded, type StudyFindings, StudyRefused } from './study-desk.js';

const POLL_MS = 1000;
/** How often a worker says how far it is. */
const REPORT_MS = 1000;
/** A study works so long and rests so long, by turns: decisions come first. Milliseconds. */
const TURN_MS = 2;
const REST_MS = 4;
/** Studies that may wait. */
const MOST_OPEN = 100;

/** Works on studies, one at a time in each process, off the way of requests. */
@Injectable()
export class Studies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Studies.name);
  private readonly loop = new BackgroundLoop({
    round: () => this.round(),
    failed: (error) =>
      this.logger.warn(`studies wait: ${error instanceof Error ? error.message : 'unknown'}`),
    pause: POLL_MS,
  });

  constructor(
    @Inject(StudyStore) private readonly store: StudyStore,
    @Inject(Simulate) private readonly simulate: Simulate,
    @Inject(Evaluate) private readonly evaluate: Evaluate,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Puts a study in the queue. Fails with SIMULATION.TOO_MANY. */
  async begin(kind: StudyKind, request: object, revision: number): Promise<Result<Study>> {
    if ((await this.store.open()) >= MOST_OPEN)
      return fail(
        failure('SIMULATION.TOO_MANY', `${MOST_OPEN} wait or are worked on already.`, { retryAfter: 60 }),
      );
    const study = await this.store.create(kind, request, revision);
    this.loop.ring();
    return ok(study);
  }

  private async round(): Promise<number> {
    const claimed = await this.store.claim();
    if (!claimed) return POLL_MS;
    await this.work(claimed.study, claimed.worker);
    return 0;
  }

  private async work({ id, kind, request }: Study, worker: string): Promise<void> {
    try {
      const { result, changes } = await this.study(kind, request, this.deskOf(id, worker));
      await this.store.finish(id, worker, result, changes);
    } catch (error) {
      if (error instanceof StudyRefused) await this.store.fail(id, worker, error.message);
      else if (error instanceof StudyEnded) await this.store.release(id, worker);
      else {
        this.logger.error(error);
        await this.store.fail(id, worker, 'Something went wrong on our side.');
      }
    }
  }

  private study(kind: StudyKind, request: unknown, desk: StudyDesk): Promise<StudyFindings> {
    const work: Record<StudyKind, () => Promise<StudyFindings>> = {
      simulation: () => this.simulate.study(request as SimulateRequest, desk),
      evaluation: () => this.evaluate.study(request as EvaluateRequest, desk),
    };
    return work[kind]();
  }

  private deskOf(id: string, worker: string): StudyDesk {
    const turns = new Turns(TURN_MS, REST_MS);
    let reported = performance.now();
    return {
      step: async (processed, total) => {
        await turns.next();
        if (this.loop.stopping) throw new StudyEnded();
        if (performance.now() - reported < REPORT_MS) return;
        reported = performance.now();
        if (!(await this.store.progress(id, worker, processed, total))) throw new StudyEnded();
      },
    };
  }
}
