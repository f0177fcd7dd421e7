import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';
import { RetainedData } from '../api/retained.js';
import { RetainedTable } from './retained-table.js';

/** The audit log, and the dead letters of platform, which knows no rules. */
@Injectable()
export class GovernanceRetained {
  constructor(@Inject(RetainedData) data: RetainedData, @Inject(Database) database: Database) {
    const audit = { table: 'audit_entry', key: ['at', 'id'], at: 'at', partitioned: true };
    data.register(new RetainedTable(database, { kind: 'audit', ...audit }));
    const letters = { table: 'dead_letter', key: ['id'], at: 'failed_at' };
    data.register(new RetainedTable(database, { kind: 'dead-letters', ...letters }));
  }
}
