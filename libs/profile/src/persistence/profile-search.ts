import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Database } from '@repartee/platform';
import { type GoldenRecord, searchable } from '../domain/index.js';

interface Row {
  text: string;
  record: GoldenRecord;
}

export interface FoundProfiles {
  records: GoldenRecord[];
  nextCursor: string | null;
}

/** Words shorter than this are not looked for inside of names: too many have them. */
const SHORTEST = 2;
const MAX_WORDS = 8;

/** Finds people by name, postcode or order number. */
@Injectable()
export class ProfileSearch {
  private trigrams?: boolean;

  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * An order number is matched as a whole; else every word must be in the name or postcode.
   * @returns `PROFILE.SEARCH_UNAVAILABLE` for names, where PostgreSQL lacks pg_trgm
   */
  async find(query: string, page: { limit: number; cursor?: string }): Promise<Result<FoundProfiles>> {
    const buyers = page.cursor === undefined ? await this.byOrder(query.trim(), page.limit) : [];
    if (buyers.length > 0) return ok({ records: buyers, nextCursor: null });
    const words = searchable(query)
      .split(' ')
      .filter((word) => word.length >= SHORTEST)
      .slice(0, MAX_WORDS);
    if (words.length === 0) return ok({ records: [], nextCursor: null });
    if (!(await this.hasTrigrams())) {
      return fail(
        failure(
          'PROFILE.SEARCH_UNAVAILABLE',
          'Searching names and postcodes needs the PostgreSQL extension pg_trgm, which this database does not have. Order numbers and identifiers work.',
        ),
      );
    }
    return ok(await this.byText(words, page));
  }

  private async byOrder(orderId: string, limit: number): Promise<GoldenRecord[]> {
    const rows = await this.database.query<Row>(
      `SELECT DISTINCT ON (p.id) p.record FROM profile_order o JOIN profile p ON p.id = o.profile_id
       WHERE o.order_id = $1 AND p.merged_into IS NULL ORDER BY p.id LIMIT $2`,
      [orderId, limit],
    );
    return rows.map((row) => row.record);
  }

  /** In the order of names. */
  private async byText(
    words: string[],
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<FoundProfiles> {
    const after = decode(cursor);
    // One condition a word: only so does PostgreSQL use the trigram index.
    const conditions = words.map((_, index) => `s.text LIKE $${index + 4}`).join(' AND ');
    const rows = await this.database.query<Row>(
      `SELECT s.text, p.record FROM profile_search s JOIN profile p ON p.id = s.profile_id
       WHERE ${conditions} AND p.merged_into IS NULL
         AND ($1::text IS NULL OR (s.text, s.profile_id) > ($1, $2::uuid))
       ORDER BY s.text, s.profile_id LIMIT $3`,
      [after?.text ?? null, after?.id ?? null, limit + 1, ...words.map((word) => `%${word}%`)],
    );
    const found = rows.slice(0, limit);
    const last = rows.length > limit ? found.at(-1) : undefined;
    return {
      records: found.map((row) => row.record),
      nextCursor: last ? encode(last.text, last.record.id) : null,
    };
  }

  private async hasTrigrams(): Promise<boolean> {
    if (this.trigrams !== true) {
      const rows = await this.database.query(`SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'`);
      this.trigrams = rows.length > 0;
    }
    return this.trigrams;
  }
}

function encode(text: string, id: string): string {
  return Buffer.from(JSON.stringify([text, id])).toString('base64url');
}

function decode(cursor: string | undefined): { text: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const [text, id] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
    const valid = typeof text === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id);
    return valid && !text.includes('\0') ? { text, id } : undefined;
  } catch {
    return undefined;
  }
}
