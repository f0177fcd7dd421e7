/** What carries messages from process to process. */
export abstract class Carrier {
  abstract start(): void;
  /** @returns which one it is @throws why it does not carry now */
  abstract check(): Promise<string>;
  abstract stop(): Promise<void>;
}
