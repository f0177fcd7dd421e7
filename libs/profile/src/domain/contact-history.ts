/** What may happen between us and a person about an offer, as contact policies count it. */
export const contactOutcomes = [
  'sent',
  'impression',
  'click',
  'accept',
  'reject',
  'dismiss',
  'later',
  'convert',
] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

/**
 * When what happened: offer → `channel/outcome` → milliseconds since the epoch, oldest first, the latest
 * {@link CONTACTS_KEPT}. Lists never change once made.
 */
export type ContactHistory = Record<string, Record<string, number[]>>;

/** How many times of one offer, channel and outcome are kept, and so how many a contact policy can count. */
export const CONTACTS_KEPT = 32;

/** One more contact. */
export interface Contact {
  offer: string;
  channel: string;
  outcome: ContactOutcome;
  /** Milliseconds since the epoch. */
  at: number;
}

export function contactKey({ channel, outcome }: Pick<Contact, 'channel' | 'outcome'>): string {
  return `${channel}/${outcome}`;
}

/** The channel and outcome of a {@link contactKey}. Channels may hold slashes, outcomes do not. */
export function readContactKey(key: string): { channel: string; outcome: string } {
  const slash = key.lastIndexOf('/');
  return { channel: key.slice(0, slash), outcome: key.slice(slash + 1) };
}

/** The history with one more contact, in whatever order they come. */
export function noteContact(history: ContactHistory | undefined, contact: Contact): ContactHistory {
  return mergeContacts(history, { [contact.offer]: { [contactKey(contact)]: [contact.at] } });
}

/** Both histories, as of one person: the latest of either. */
export function mergeContacts(a: ContactHistory | undefined, b: ContactHistory | undefined): ContactHistory {
  const merged = { ...a };
  for (const [offer, theirs] of Object.entries(b ?? {})) {
    const lists = { ...own(merged, offer) };
    for (const [key, times] of Object.entries(theirs)) lists[key] = latest(own(lists, key) ?? [], times);
    merged[offer] = lists;
  }
  return merged;
}

function own<T>(map: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function latest(a: readonly number[], b: readonly number[]): number[] {
  return [...a, ...b].sort((x, y) => x - y).slice(-CONTACTS_KEPT);
}
