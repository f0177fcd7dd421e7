import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId } from '@repartee/platform';

export interface DeskNotice {
  id: string;
  at: string;
  by: string;
  words: string;
}

const DAY = 86_400_000;

/** What supervisors tell everybody; the stream's topic `notices` brings it to the desks. */
@Injectable()
export class DeskNotices {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tell(by: string, words: string): Promise<DeskNotice> {
    const notice = { id: newId(), at: new Date(this.clock.now()).toISOString(), by, words };
    await this.database.query('INSERT INTO desk_notice (id, at, by, words) VALUES ($1, $2, $3, $4)', [
      notice.id,
      notice.at,
      by,
      words,
    ]);
    return notice;
  }

  /** Of the last day, newest first. */
  async latest(): Promise<DeskNotice[]> {
    const rows = await this.database.query<Omit<DeskNotice, 'at'> & { at: Date }>(
      'SELECT * FROM desk_notice WHERE at > $1 ORDER BY at DESC LIMIT 20',
      [new Date(this.clock.now() - DAY)],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
