/** Something said in a conversation: by us (an offer, a message) or by the person (a response). */
export interface Turn {
  dialogueId: string;
  /** Unique in the dialogue; saying it twice counts once. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  speaker: 'us' | 'person';
  channel: string;
  said: object;
  profileId: string | null;
  anonymousId: string | null;
}

export interface DialogueDocument {
  id: string;
  profileId: string | null;
  openedAt: string;
  lastTurnAt: string;
  turns: { id: string; at: string; speaker: string; channel: string; said: unknown }[];
}
