import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import { Database } from '@repartee/platform';
import { Classification, classificationSchema, type ClassificationDocument } from '../domain/index.js';
import { GovernanceDocuments } from '../persistence/governance-documents.js';
import { Revisions } from '../persistence/revisions.js';

/** The classes of personal data in force. */
@Injectable()
export class Classifications implements OnModuleInit {
  /** By which fields are classed now; from memory, at most a second old. */
  current = new Classification();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GovernanceDocuments) private readonly documents: GovernanceDocuments,
    @Inject(Revisions) private readonly revisions: Revisions,
  ) {}

  onModuleInit(): void {
    this.revisions.follow('classification', async () => {
      this.current = new Classification((await this.read()).document);
    });
  }

  async read(): Promise<{ document: ClassificationDocument; version: number }> {
    const { document, version } = await this.documents.read('classification');
    return { document: classificationSchema.parse(document), version };
  }

  async replace(document: ClassificationDocument, version: number): Promise<Result<number>> {
    const written = await this.database.transaction(async (tx) => {
      const done = await this.documents.replace(tx, 'classification', document, version);
      if (done.ok) await this.revisions.bump(tx, 'classification');
      return done;
    });
    if (!written.ok) return written;
    await this.revisions.look();
    return ok(written.value);
  }
}
