/** What came of a call, as an agent says it. */
export interface CallConclusion {
  code: string;
  note?: string | undefined;
  /** With an outcome that means `call_back`. Milliseconds. */
  callBackAt?: number | undefined;
  /** Of the offer that was spoken about: the answer to it follows from what the code means. */
  token?: string | undefined;
  value?: number | undefined;
  currency?: string | undefined;
  agent: string;
  /** When it was said, milliseconds. */
  at: number;
}
