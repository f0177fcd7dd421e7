import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Housekeeping } from '@repartee/platform';
import { defaultModel, MATCH_FIELDS, type MatchModel, PairScorer } from '../../domain/index.js';

/** Milliseconds between looks for a model that another process published. */
const LOOK = 1000;

/** The model in force: the one that was published last, else the one that is shipped. */
@Injectable()
export class MatchModels implements OnModuleInit {
  private held = new PairScorer(defaultModel(MATCH_FIELDS));

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.housekeeping.every(LOOK, 'looking for a new match model', () => this.reload());
  }

  get scorer(): PairScorer {
    return this.held;
  }

  get model(): MatchModel {
    return this.held.model;
  }

  async reload(): Promise<void> {
    const [row] = await this.database.query<{ version: string }>(
      `SELECT version FROM match_model WHERE state = 'published'`,
    );
    if (!row || row.version === this.model.version) return;
    const [found] = await this.database.query<{ model: MatchModel }>(
      'SELECT model FROM match_model WHERE version = $1',
      [row.version],
    );
    if (found) this.held = new PairScorer(found.model);
  }
}
