/** One purchase as a line of the file says it. */
export interface Purchase {
  /** Line of the file, from 1; the header is a line too. */
  line: number;
  customer: string;
  /** Midnight UTC of the day, milliseconds since the epoch. */
  at: number;
  units: number;
  cents: number;
}
