import { Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';

/** What came of displays, as the objective in force then counted it: responses, and what was judged later. */
@Injectable()
export class DisplayCredits {
  constructor(private readonly database: Database) {}

  /**
   * How much of a yes came of each offer of some decisions, in [0, 1], by `decisionId/offer`. Of what nobody was heard of there
   * is none.
   */
  async of(decisionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.query<{ display: string; credit: number }>(
      `SELECT decision_id || '/' || offer AS display, credit + earned AS credit FROM learning_presentation
        WHERE decision_id = ANY($1::uuid[])`,
      [decisionIds],
    );
    return new Map(rows.map(({ display, credit }) => [display, credit]));
  }
}
