/** One record of a file: the cells of a row or a JSON document, or what is wrong with it. */
export interface ReadRecord {
  /** Of the file, from 1, where the record begins. */
  line: number;
  /** The first line after it. */
  nextLine: number;
  /** Bytes of text up to its end, line end included: reading goes on there. */
  end: number;
  /** As it came. */
  raw(): Buffer;
  value?: unknown;
  flaw?: string;
}

/** Splits text into records as it comes. */
export interface RecordReader {
  feed(piece: Buffer): Promise<ReadRecord[]>;
  /** The text is over. */
  end(): Promise<ReadRecord[]>;
}

/** Where reading begins: bytes of text, and the line that starts there. */
export interface Place {
  offset: number;
  line: number;
}
