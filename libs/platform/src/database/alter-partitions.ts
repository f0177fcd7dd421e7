/** SQL that changes every partition there is of a table, as `SET (fillfactor = 90)`. Both come from code, never from input. */
export function alterPartitions(table: string, change: string): string {
  return `
  DO $$ DECLARE part regclass; BEGIN
    FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = '${table}'::regclass LOOP
      EXECUTE format('ALTER TABLE %s ${change}', part);
    END LOOP;
  END $$`;
}
