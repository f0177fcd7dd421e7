import type { Burial, ClaimedMessage, LeaseKey, Retry } from './claimed-message.js';

/** What a worker does to the messages in its hands, whatever bus they came by. */
export interface HeldMessages {
  /** They are handled: they never come again. */
  complete(messages: ClaimedMessage[]): Promise<void>;
  /** Gives back what was not begun: it does not count as a try. */
  release(messages: ClaimedMessage[]): Promise<void>;
  /** Keeps them for another `visibilityMs`. @returns those that are still held, as {@link leaseName} */
  extend(messages: ClaimedMessage[], visibilityMs: number): Promise<Set<string>>;
  /** They failed and come again when they are due. */
  retry(retries: Retry<ClaimedMessage>[]): Promise<void>;
  /** Makes dead letters of them. */
  bury(burials: Burial<ClaimedMessage>[], now: number): Promise<void>;
}

export function leaseName(key: Pick<LeaseKey, 'id' | 'lease'>): string {
  return `${key.id} ${key.lease}`;
}
