import { Inject, Injectable, Logger } from '@nestjs/common';
import { ApplyConfiguration } from '@repartee/orchestration';
import { CONFIG, type Config } from '@repartee/platform';
import { readFile } from 'node:fs/promises';

/** Gives an empty installation something to show. What somebody configured is never touched. */
@Injectable()
export class Seed {
  private readonly logger = new Logger(Seed.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ApplyConfiguration) private readonly configuration: ApplyConfiguration,
  ) {}

  async plant(document: URL): Promise<void> {
    if (this.config.seed === 'none' || this.configuration.inForce) return;
    const applied = await this.configuration.apply(await readFile(document, 'utf8'), false);
    if (!applied.ok) throw new Error(`the demo configuration was refused: ${applied.failure.detail}`);
    this.logger.log('the demo configuration is in place');
  }
}
