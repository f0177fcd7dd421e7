import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, sqlState } from '@repartee/platform';

const STATE = `
  SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') AS extension,
         to_regclass('profile_search_text') IS NOT NULL AS indexed`;

/**
 * Says in one line, at the start, that people cannot be searched by name where PostgreSQL lacks pg_trgm: a managed one
 * may not offer it, or a user may not be allowed to create it. Once an administrator has created it, the next start
 * makes the index that the migration could not make.
 */
@Injectable()
export class SearchIndex implements OnApplicationBootstrap {
  private readonly logger = new Logger(SearchIndex.name);

  constructor(@Inject(Database) private readonly database: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    const [found] = await this.database.query<{ extension: boolean; indexed: boolean }>(STATE);
    if (found?.indexed) return;
    if (!found?.extension) {
      this.logger.warn(
        'People cannot be searched by name or postcode: the database lacks the extension pg_trgm, or its user may not ' +
          'create it. Have an administrator run "CREATE EXTENSION pg_trgm" in it and start again; all else works.',
      );
      return;
    }
    try {
      await this.database.query(
        'CREATE INDEX IF NOT EXISTS profile_search_text ON profile_search USING gin (text gin_trgm_ops)',
      );
    } catch (error) {
      this.logger.warn(
        `Searching people by name is slow: the index profile_search_text could not be made (${sqlState(error)}).`,
      );
    }
  }
}
