/** What the person got in an experiment. */
export interface ReceiptTrial {
  experiment: string;
  phase: number;
  variation: string;
}
