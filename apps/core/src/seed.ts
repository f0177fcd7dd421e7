import { Inject, Injectable, Logger } from '@nestjs/common';
import { ApplyConfiguration } from '@repartee/orchestration';
import { Items } from '@repartee/items';
import { readItems } from '@repartee/items/domain';
import { CONFIG, type Config } from '@repartee/platform';
import { readFile } from 'node:fs/promises';

/** Gives an empty installation something to show. What somebody configured is never touched. */
@Injectable()
export class Seed {
  private readonly logger = new Logger(Seed.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ApplyConfiguration) private readonly configuration: ApplyConfiguration,
    @Inject(Items) private readonly items: Items,
  ) {}

  /**
   * @param document the configuration
   * @param products what the shop sells, a list in JSON
   */
  async plant(document: URL, products: URL): Promise<void> {
    if (this.config.seed === 'none' || this.configuration.inForce) return;
    const applied = await this.configuration.apply(await readFile(document, 'utf8'), false);
    if (!applied.ok) throw new Error(`the demo configuration was refused: ${applied.failure.detail}`);
    const told = JSON.parse(await readFile(products, 'utf8')) as unknown[];
    const { items, rejected } = readItems(told.map((value) => ({ value })));
    if (rejected[0]) throw new Error(`a demo product was refused: ${rejected[0].errors[0]?.detail}`);
    await this.items.upsert(items);
    this.logger.log('the demo configuration is in place');
  }
}
