/** Whose an identifier is: the cluster of `node`, from `since` on. */
export interface Holding {
  /** `namespace:value`, or a claim's key. */
  key: string;
  /** Milliseconds since the epoch; 0 for always. */
  since: number;
  /** Null: nobody's, as one of several people claim it or a limit is against it. */
  node: string | null;
  verified: boolean;
}
