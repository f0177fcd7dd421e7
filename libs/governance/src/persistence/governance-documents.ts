import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';

/** Rules of which there is one document each. */
export type DocumentName = 'classification' | 'retention';

export interface StoredDocument {
  document: unknown;
  /** 0 while nobody has written one. */
  version: number;
}

/** The rules of an installation, as documents with versions. */
@Injectable()
export class GovernanceDocuments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async read(name: DocumentName): Promise<StoredDocument> {
    const [row] = await this.database.query<StoredDocument>(
      'SELECT document, version FROM governance_document WHERE name = $1',
      [name],
    );
    return row ?? { document: {}, version: 0 };
  }

  /** Replaces a document, if `version` is still the present one. */
  async replace(
    tx: Transaction,
    name: DocumentName,
    document: object,
    version: number,
  ): Promise<Result<number>> {
    const values = [name, JSON.stringify(document), new Date(this.clock.now()), version];
    const [row] = await tx.query<{ version: number }>(
      version === 0
        ? `INSERT INTO governance_document (name, document, updated_at, version) VALUES ($1, $2, $3, $4::int + 1)
           ON CONFLICT DO NOTHING RETURNING version`
        : `UPDATE governance_document SET document = $2, updated_at = $3, version = version + 1
           WHERE name = $1 AND version = $4 RETURNING version`,
      values,
    );
    if (row) return ok(row.version);
    return fail(failure('HTTP.PRECONDITION_FAILED', `The document ${name} has changed meanwhile.`));
  }
}
