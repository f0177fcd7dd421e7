import { Inject, Injectable } from '@nestjs/common';
import { RetainedData, RetainedTable } from '@repartee/governance';
import { Database } from '@repartee/platform';

/** Conversations end when rules say so, and their turns with them. */
@Injectable()
export class RetainedDialogues {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    data.register(
      new RetainedTable(database, {
        kind: 'dialogues',
        table: 'dialogue',
        key: ['id'],
        at: 'last_turn_at',
        with: { table: 'dialogue_turn', column: 'dialogue_id' },
      }),
    );
  }
}
