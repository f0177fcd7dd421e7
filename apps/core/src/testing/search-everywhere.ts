import type { CoreUnderTest } from './start-core.js';

interface Column {
  table: string;
  column: string;
  type: string;
}

/** How to read a column as text, by its type. */
function asText({ column, type }: Column): string {
  if (type === 'bytea') return `encode(held."${column}", 'escape')`;
  return `held."${column}"::text`;
}

/** Tables of the schema with the columns in which anything of a person could stand. Partitions are read through their parent. */
async function columns(core: CoreUnderTest): Promise<Column[]> {
  return core.database.query<Column>(
    `SELECT c.table_name AS "table", c.column_name AS "column", c.data_type AS type
     FROM information_schema.columns c
     JOIN pg_class t ON t.relname = c.table_name AND t.relnamespace = 'public'::regnamespace
     WHERE c.table_schema = 'public' AND NOT t.relispartition
       AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'uuid', 'ARRAY', 'USER-DEFINED')`,
  );
}

/** Where in the whole database these texts stand, in whatever column, in upper or lower case: `table.column: text`. */
export async function searchEverywhere(core: CoreUnderTest, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const column of await columns(core)) {
    const rows = await core.database.query<{ text: string }>(
      `SELECT DISTINCT wanted.text FROM "${column.table}" held, unnest($1::text[]) AS wanted(text)
       WHERE position(lower(wanted.text) IN lower(${asText(column)})) > 0`,
      [texts],
    );
    for (const { text } of rows) found.push(`${column.table}.${column.column}: ${text}`);
  }
  return found.sort();
}
