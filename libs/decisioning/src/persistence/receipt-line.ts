import { copyLine, readCopyLine } from '@repartee/platform';

/** A receipt on its way to the table. */
export interface ReceiptRow {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  profileId: string | null;
  /** JSON. */
  receipt: string;
}

/** A receipt as the line that enters the table, as bytes of an arena. */
export interface ReceiptLine {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  line: Buffer;
}

/** The columns of a line, in their order. */
export const COLUMNS = 'id, at, profile_id, receipt';

/** In parts. */
export function lineOf({ id, at, profileId, receipt }: ReceiptRow): string[] {
  return copyLine([id, new Date(at).toISOString(), profileId, receipt]);
}

export function rowOf({ id, at, line }: ReceiptLine): ReceiptRow {
  const [, , profileId = null, receipt] = readCopyLine(line.toString());
  return { id, at, profileId, receipt: receipt ?? '' };
}
